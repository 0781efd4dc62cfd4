import { renderAll } from "../../artifacts/render-all.ts";
import { exitCodes } from "../../errors.ts";
import { findUntracked } from "../../inputs/git.ts";
import type { Plan } from "../../plan/plan.ts";
import { checkArtifacts } from "../../writer/check.ts";
import { writeArtifacts } from "../../writer/write.ts";
import type { Invocation } from "../invocation.ts";
import { lockedCygwin } from "../locked-cygwin.ts";
import { findPlaces } from "../places.ts";
import { rememberUnchanged } from "../unchanged.ts";
import { remark, reportDifferences, reportUpToDate, reportWritten } from "../report.ts";
import { resolvePlan } from "../resolve.ts";

export interface GenerateOptions {
  readonly spec: string | undefined;
  readonly out?: string;
  readonly check?: true;
  readonly force?: true;
}

/** Spec -> files on disk, or (--check) spec against files on disk. Returns the exit code. */
export async function generate(
  options: GenerateOptions,
  invocation: Invocation,
  version: string,
): Promise<number> {
  const places = findPlaces(options, invocation.cwd);
  const { outDir } = places;
  const { spec, inputs, plan } = await resolvePlan(places);
  const cygwin = await lockedCygwin(places.spec, plan);
  const artifacts = [...renderAll(plan), ...cygwin.artifacts].sort((left, right) =>
    left.path < right.path ? -1 : 1,
  );
  warnIfExpired(plan, new Date());
  const password = spec.account.password === undefined ? inputs.password : null;
  const settings = { generator: version, password };

  if (options.check === true) {
    const differences = await checkArtifacts(artifacts, outDir, settings);
    if (differences.length > 0) {
      reportDifferences(outDir, differences);
      return exitCodes.differs;
    }
    reportUpToDate(outDir, artifacts.length);
  } else {
    const report = await writeArtifacts(artifacts, outDir, { ...settings, force: options.force === true });
    if (report.written.length + report.removed.length === 0) reportUpToDate(outDir, artifacts.length);
    else {
      reportWritten(outDir, report);
      await hintAtGit(outDir);
    }
  }
  // A warning has to come every time.
  if (plan.evaluationExpires === null && cygwin.isExact) rememberUnchanged(invocation, places, inputs.files);
  return 0;
}

async function hintAtGit(outDir: string): Promise<void> {
  const untracked = await findUntracked(outDir);
  if (untracked === undefined) return;
  remark(
    `git does not know ${untracked} yet, and a flake sees only what git knows; run: git add --intent-to-add ${untracked}`,
  );
}

function warnIfExpired(plan: Plan, now: Date): void {
  const { evaluationExpires } = plan;
  if (evaluationExpires === null || now.toISOString().slice(0, 10) <= evaluationExpires) return;
  remark(
    `windows.evaluationExpires: ${plan.edition.id} ended on ${evaluationExpires} and shuts itself down every hour; use newer media`,
  );
}
