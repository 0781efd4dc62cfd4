import { existsSync } from "node:fs";
import { join } from "node:path";
import { exitCodes, SpecError, ToolError } from "../../errors.ts";
import { examine } from "../../doctor/examine.ts";
import type { Facts, NixFacts, ProjectFacts } from "../../doctor/facts.ts";
import { type Finding, finding } from "../../doctor/finding.ts";
import { gatherHost } from "../../doctor/gather-host.ts";
import { gatherNix } from "../../doctor/gather-nix.ts";
import { loadKvmFacts } from "../../doctor/kvm-hardware.ts";
import { tryBuild } from "../../doctor/try-build.ts";
import { findNix, type NixPrograms } from "../../media/nix-store.ts";
import { gatherProject } from "../doctor/gather-project.ts";
import { showFindings, showVerdict } from "../doctor/show-findings.ts";
import type { Invocation } from "../invocation.ts";
import { defaultSpecs, findPlaces } from "../places.ts";
import { hasColors, reportJson, reportLines } from "../report.ts";
import { describeError } from "../report-error.ts";
import type { DoctorFlags } from "./doctor-command.ts";

/** Looks at the machine and, where there is a spec, at the project. Changes nothing. Returns the exit code: 1 for a problem. */
export async function doctor(
  spec: string | undefined,
  flags: DoctorFlags,
  invocation: Invocation,
  version: string,
): Promise<number> {
  const programs = findNix(invocation.env["PATH"]);
  const [nix, nixFaults] = await unlessFaulty("nix", () =>
    programs === undefined ? undefined : gatherNix(programs.nix),
  );
  const hasSpec = spec !== undefined || defaultSpecs.some((name) => existsSync(join(invocation.cwd, name)));
  const [project, projectFaults] = await unlessFaulty("spec", () =>
    hasSpec ? gatherProject(findPlaces({ spec, ...flags }, invocation.cwd), version, programs) : undefined,
  );
  const facts: Facts = {
    nix,
    project,
    host: await gatherHost(nix, invocation.env),
    kvm: loadKvmFacts(),
  };
  const findings = [
    ...nixFaults,
    ...examine(facts).filter(({ check }) => nixFaults.length === 0 || check !== "nix"),
    ...(flags.build === true ? await build(programs, project) : []),
    ...projectFaults,
  ];
  const isFine = findings.every(({ state }) => state !== "problem");
  if (flags.json === true) reportJson({ ok: isFine, findings });
  else {
    reportLines(showFindings(findings, hasColors()));
    reportLines([`casement: ${showVerdict(findings, hasSpec)}`]);
  }
  return isFine ? 0 : exitCodes.differs;
}

/** What could be gathered, or the reason why not as a finding. */
async function unlessFaulty<T extends NixFacts | ProjectFacts>(
  check: string,
  gather: () => Promise<T> | undefined,
): Promise<readonly [T | undefined, readonly Finding[]]> {
  try {
    return [await gather(), []];
  } catch (error) {
    if (!(error instanceof SpecError || error instanceof ToolError)) throw error;
    return [undefined, [finding(check, "problem", describeError(error).text)]];
  }
}

async function build(
  programs: NixPrograms | undefined,
  project: ProjectFacts | undefined,
): Promise<readonly Finding[]> {
  if (programs === undefined) return [];
  const withKvm = project?.accelerator !== "tcg";
  return [await tryBuild(programs.nix, { withKvm, nonce: String(Date.now()) })];
}
