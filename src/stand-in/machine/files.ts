import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";

/** Where the stand-in keeps what Windows keeps in its own databases. Tests put it below a root of their own. */
export function stateFile(name: string, root = ""): string {
  return `${root}/stand-in/state/${name}`;
}

/** Reads a JSON file, or gives the value for a file that is not there. */
export function loadState<T>(file: string, missing: T): T {
  if (!existsSync(file)) return missing;
  // Only the stand-in itself writes these files.
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion
  return JSON.parse(readFileSync(file, "utf8")) as T;
}

/** Replaces a file in one step: a power cut leaves the old one. */
export function writeState(file: string, content: unknown): void {
  writeWhole(file, `${JSON.stringify(content, null, 1)}\n`);
}

/** The same for text. */
export function writeWhole(file: string, text: string, mode = 0o644): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(`${file}.new`, text, { mode });
  renameSync(`${file}.new`, file);
}
