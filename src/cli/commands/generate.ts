import { exitCodes } from "../../errors.ts";
import { checkArtifacts } from "../../writer/check.ts";
import { writeArtifacts } from "../../writer/write.ts";
import { hintAtGit } from "../hint-at-git.ts";
import type { Invocation } from "../invocation.ts";
import { findPlaces } from "../places.ts";
import { rememberUnchanged, stateOfInputs } from "../unchanged.ts";
import { remark, reportDifferences, reportUpToDate, reportWritten } from "../report.ts";
import { resolveWanted } from "../wanted-folder.ts";

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
  const before = stateOfInputs(places.spec);
  const { artifacts, settings, document, sources, remarks, isSettled } = await resolveWanted(places, version);
  remarks.forEach(remark);

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
      await hintAtGit(outDir, artifacts);
    }
  }
  if (isSettled) rememberUnchanged(invocation, places, { before, document, sources });
  return 0;
}
