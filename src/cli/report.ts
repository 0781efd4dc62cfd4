import { writeSync } from "node:fs";
import { relative } from "node:path";
import type { Difference } from "../writer/compare.ts";
import type { WriteReport } from "../writer/write.ts";

/** How results look to a person. Results go to stdout, remarks to stderr; only this file and report-error.ts print. */

/** After a write. */
export function reportWritten(outDir: string, report: WriteReport): void {
  for (const path of report.written) say(`wrote   ${showPath(outDir)}/${path}`);
  for (const path of report.removed) say(`removed ${showPath(outDir)}/${path}`);
  const count = report.written.length + report.unchanged.length;
  say(
    `casement: ${showPath(outDir)} holds ${count} files (${report.written.length} written, ${report.unchanged.length} unchanged, ${report.removed.length} removed)`,
  );
}

/** When nothing had to be written. */
export function reportUpToDate(outDir: string, count: number): void {
  say(upToDate(outDir, count));
}

/**
 * The same without process.stdout, whose loading takes as long as comparing all files. False where the line could not be
 * written: to say it by process.stdout then tells why, or waits for the reader.
 */
export function reportUpToDateAtOnce(outDir: string, count: number): boolean {
  try {
    writeSync(1, `${upToDate(outDir, count)}\n`);
    return true;
  } catch {
    return false;
  }
}

function upToDate(outDir: string, count: number): string {
  return `casement: ${showPath(outDir)} is up to date (${count} files)`;
}

/** What --check found. */
export function reportDifferences(outDir: string, differences: readonly Difference[]): void {
  for (const { path, state } of differences) say(`${words[state].padEnd(34)} ${showPath(outDir)}/${path}`);
  say(`casement: ${showPath(outDir)} is not what the spec says; run casement generate`);
}

/** A result as JSON. */
export function reportJson(value: unknown): void {
  say(JSON.stringify(value, null, 2));
}

/** Text as it is. */
export function reportText(text: string): void {
  process.stdout.write(text);
}

/** Lines as they are. */
export function reportLines(lines: readonly string[]): void {
  reportText(lines.map((line) => `${line}\n`).join(""));
}

/** Whether results may be coloured: they go to a terminal that has colours, and NO_COLOR is not set. */
export function hasColors(): boolean {
  return isTerminal() && process.stdout.hasColors();
}

/** Whether results go to a terminal. */
export function isTerminal(): boolean {
  return process.stdout.isTTY;
}

/** Something to know that is no result. */
export function remark(text: string): void {
  process.stderr.write(`casement: ${text}\n`);
}

const words: Record<Difference["state"], string> = {
  same: "same",
  missing: "missing",
  stale: "out of date",
  edited: "changed by hand",
  foreign: "not casement's, and in the way",
  extra: "no longer generated",
  "extra-edited": "no longer generated, edited",
  blocked: "a link or a folder is in the way",
};

/** A path as a person in this folder would write it. */
export function showPath(absolute: string): string {
  const path = relative(process.cwd(), absolute);
  if (path === "") return ".";
  return path.startsWith("..") ? absolute : path;
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}
