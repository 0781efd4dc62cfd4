import { findMediaPage } from "../catalogue/media-pages.ts";
import { findEdition, findPlatform, findRelease } from "../catalogue/releases.ts";
import type { Edition, Platform, Release } from "../catalogue/release.ts";
import { InternalError } from "../errors.ts";
import type { Spec } from "../spec/schema.ts";
import { planHardware } from "./hardware.ts";
import { defaultLimits } from "./limits.ts";
import { macAddress } from "./names.ts";
import type { Plan, PlanInputs } from "./plan.ts";
import { planSetup } from "./setup.ts";

/** Resolves a valid spec. Pure: no file, clock, randomness or process. */
export function buildPlan(spec: Spec, inputs: PlanInputs): Plan {
  const release = knownRelease(spec);
  const platform = knownPlatform(release, spec);
  const edition = knownEdition(release, spec);
  const hardware = planHardware(spec, platform);
  const limits = defaultLimits(spec.hardware.accelerator);
  return {
    name: spec.name,
    release: {
      id: release.id,
      title: release.title,
      family: release.family,
      product: release.product,
      build: release.build,
      architecture: platform.architecture,
    },
    edition: { id: edition.id, evaluation: edition.evaluation },
    iso: planIso(spec),
    isoPage: findMediaPage(release.id, {
      architecture: platform.architecture,
      evaluation: edition.evaluation,
    }),
    hardware,
    setup: planSetup({ spec, release, platform, edition, hardware, inputs }),
    access: spec.access,
    account: { user: spec.account.user, password: spec.account.password ?? inputs.password },
    desktop: spec.windows.desktop,
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
      memoryLayout: spec.snapshot.memoryLayout,
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
      architecture: platform.cygwin.architecture,
      sshdService: platform.cygwin.sshdService,
    },
    smbProtocol: release.smbProtocol,
    nix: {
      requiredSystemFeatures: [...new Set(spec.nix.requiredSystemFeatures)].sort(),
      substituteSnapshots: spec.nix.substituteSnapshots,
    },
    evaluationExpires: spec.windows.evaluationExpires ?? null,
  };
}

function planIso({ windows: { iso } }: Spec): Plan["iso"] {
  return iso === undefined ? null : { name: iso.name, sha256: iso.sha256, url: iso.url ?? null };
}

function knownRelease(spec: Spec): Release {
  const release = findRelease(spec.windows.release);
  if (release === undefined)
    throw new InternalError(`a valid spec named the release ${spec.windows.release}`);
  return release;
}

function knownPlatform(release: Release, spec: Spec): Platform {
  const platform = findPlatform(release, spec.windows.architecture);
  if (platform === undefined)
    throw new InternalError(`a valid spec named the architecture ${spec.windows.architecture}`);
  return platform;
}

function knownEdition(release: Release, spec: Spec): Edition {
  const edition = findEdition(release, spec.windows.edition);
  if (edition === undefined)
    throw new InternalError(`a valid spec named the edition ${spec.windows.edition}`);
  return edition;
}

/** What casement's own scripts and sessions use beside the Base category. */
const requiredPackages = ["cygrunsrv", "openssh", "tar"] as const;
