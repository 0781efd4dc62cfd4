import { cp, mkdir, rename, rm, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { commandLog, report } from "../contract/filenames.ts";
import type { RunStage } from "../contract/stage-config.ts";
import type { Timeline } from "../contract/timeline.ts";
import { moveResult } from "./result.ts";
import { writeTimeline } from "./timeline/write-timeline.ts";

/** Where a run's report is: the output `out`, or the first by name where there is none. */
function reportOf({ outputs }: RunStage): string {
  return outputs["out"] ?? outputs[Object.keys(outputs).sort()[0] ?? ""] ?? "";
}

/** Writes the timeline of a run that has ended into its report, in the place of what the stage knew while its machines ran. */
export async function finishReport(config: RunStage, timeline: Timeline): Promise<void> {
  await writeTimeline(join(reportOf(config), report.details), timeline);
}

/**
 * Writes a report of a command: its log, exit code and screenshots, what it left, and below `details` what the stage kept
 * (`folder`, which is used up and names no store path by its hash any more). `outputs` is the folder of what the command left,
 * where it came back. The command may have been told of other outputs, which are empty.
 */
export async function writeReport(
  config: RunStage,
  parts: {
    readonly folder: string;
    readonly outputs: string | undefined;
    readonly exitCode: number | undefined;
  },
): Promise<void> {
  for (const path of Object.values(config.outputs)) await mkdir(path);
  const out = reportOf(config);
  await cp(parts.folder, join(out, report.details), { recursive: true });
  for (const [from, to] of [
    [commandLog, report.log],
    [report.screenshot, report.screenshot],
    [report.screenshots, report.screenshots],
  ] as const) {
    await rename(join(out, report.details, from), join(out, to)).catch(ignoreAbsent);
  }
  if (parts.exitCode !== undefined) await writeFile(join(out, report.exitCode), `${parts.exitCode}\n`);
  if (parts.outputs !== undefined) {
    await mkdir(join(out, report.outputs));
    for (const [name, path] of Object.entries(config.outputs)) {
      const left = join(parts.outputs, basename(path));
      await moveResult(left, join(out, report.outputs, name)).catch(ignoreAbsent);
    }
  }
  await rm(parts.folder, { recursive: true, force: true });
}

function ignoreAbsent(error: unknown): void {
  if (!(error instanceof Error && "code" in error && error.code === "ENOENT")) throw error;
}
