import { exitCodes } from "../../errors.ts";
import { findChanges } from "../diff/find-changes.ts";
import { paint } from "../diff/paint.ts";
import { showChanges } from "../diff/show-changes.ts";
import { summarize } from "../diff/summarize.ts";
import type { Invocation } from "../invocation.ts";
import { findPlaces } from "../places.ts";
import { hasColors, isTerminal, remark, reportLines, reportUpToDate, showPath } from "../report.ts";
import { resolveWanted } from "../wanted-folder.ts";

/** Prints what generate would change, line by line, and writes nothing. Returns the exit code: 1 when something would. */
export async function diff(
  options: { readonly spec: string | undefined; readonly out?: string },
  invocation: Invocation,
  version: string,
): Promise<number> {
  const places = findPlaces(options, invocation.cwd);
  const { wanted, changes } = await findChanges(places.outDir, () => resolveWanted(places, version));
  wanted.remarks.forEach(remark);
  if (changes.length === 0) {
    reportUpToDate(places.outDir, wanted.artifacts.length);
    return 0;
  }
  const folder = showPath(places.outDir);
  const lines = showChanges(changes, folder);
  reportLines(lines.map((line) => (isTerminal() ? paint(line, hasColors()) : line.text)));
  reportLines([`casement: ${summarize(changes, folder)}`]);
  return exitCodes.differs;
}
