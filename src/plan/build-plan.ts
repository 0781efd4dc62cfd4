import { findEdition, findRelease } from "../catalogue/releases.ts";
import type { Edition, Release } from "../catalogue/release.ts";
import { InternalError } from "../errors.ts";
import type { Spec } from "../spec/schema.ts";
import { planHardware } from "./hardware.ts";
import { defaultLimits } from "./limits.ts";
import { computerName, macAddress } from "./names.ts";
import type { Plan, PlanInputs } from "./plan.ts";

/** Resolves a valid spec. Pure: no file, clock, randomness or process. */
export function buildPlan(spec: Spec, inputs: PlanInputs): Plan {
  const release = knownRelease(spec);
  const edition = knownEdition(release, spec);
  const limits = defaultLimits(spec.hardware.accelerator);
  return {
    name: spec.name,
    release: {
      id: release.id,
      title: release.title,
      architecture: release.architecture,
    },
    edition: { id: edition.id, evaluation: edition.evaluation },
    iso: spec.windows.iso ?? null,
    hardware: planHardware(spec, release),
    setup: planSetup(spec, release, edition),
    account: { user: spec.account.user, password: spec.account.password ?? inputs.password },
    image: {
      noProgressMinutes: spec.image.noProgressMinutes ?? limits.noProgressMinutes,
      deadlineMinutes: spec.image.deadlineMinutes ?? limits.deadlineMinutes,
    },
    snapshot: {
      quiet: {
        seconds: spec.snapshot.quiet.seconds,
        cpuPercent: spec.snapshot.quiet.cpuPercent,
        diskKiBPerSecond: spec.snapshot.quiet.diskKiBPerSecond,
        capMinutes: spec.snapshot.quiet.capMinutes ?? limits.capMinutes,
      },
      bootMinutes: spec.snapshot.bootMinutes ?? limits.bootMinutes,
    },
    run: {
      timeoutMinutes: spec.run.timeoutMinutes,
      reviveSeconds: spec.run.reviveSeconds ?? limits.reviveSeconds,
      clock: spec.run.clock,
    },
    controller: {
      mac: macAddress(spec.name, "controller"),
      memoryMiB: spec.controller.memoryMiB,
      machineType: spec.controller.machineType,
    },
    cygwin: {
      packages: [...new Set([...requiredPackages, ...spec.cygwin.packages])].sort(),
      sshdService: release.sshdService,
    },
    evaluationExpires: spec.windows.evaluationExpires ?? null,
  };
}

function planSetup(spec: Spec, release: Release, edition: Edition): Plan["setup"] {
  const { windows } = spec;
  return {
    image: planImage(windows.image) ?? edition.image,
    productKey: windows.productKey ?? edition.productKey,
    language: windows.language,
    timeZone: windows.timeZone,
    computerName: windows.computerName ?? computerName(spec.name, spec.account.user),
    fullName: windows.fullName,
    organization: windows.organization,
    requirementBypass: release.requirementBypass,
    networkBypass: release.networkBypass,
  };
}

function planImage(image: Spec["windows"]["image"]): Plan["setup"]["image"] | undefined {
  if (image?.index !== undefined) return { kind: "index", index: image.index };
  if (image?.name !== undefined) return { kind: "name", name: image.name };
  return undefined;
}

function knownRelease(spec: Spec): Release {
  const release = findRelease(spec.windows.release);
  if (release === undefined)
    throw new InternalError(`a valid spec named the release ${spec.windows.release}`);
  return release;
}

function knownEdition(release: Release, spec: Spec): Edition {
  const edition = findEdition(release, spec.windows.edition);
  if (edition === undefined)
    throw new InternalError(`a valid spec named the edition ${spec.windows.edition}`);
  return edition;
}

/** What casement's own scripts and sessions use beside the Base category. */
const requiredPackages = ["cygrunsrv", "openssh", "tar"] as const;
