import { execFileSync } from "node:child_process";
import { accessSync, constants, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";

const SEARCH_PATH = `${process.env["PATH"] ?? ""}${delimiter}/usr/sbin${delimiter}/sbin`;
// mtools writes names in the locale's character set and takes settings from files; neither may come from outside.
const TOOL_ENV = { PATH: SEARCH_PATH, LC_ALL: "C.UTF-8", MTOOLSRC: "/dev/null" };

/** Why a test that needs these programs is skipped; false when all are there, and under CI, where it must not be. */
export function skipUnlessInstalled(...programs: string[]): string | false {
  const missing = programs.filter(
    (program) => !SEARCH_PATH.split(delimiter).some((folder) => runs(folder, program)),
  );
  if (missing.length === 0 || process.env["CI"] === "true") return false;
  return `not installed: ${missing.join(", ")}`;
}

/** Runs a program and gives its standard output; throws with its standard error when it fails. */
export function runTool(program: string, ...args: string[]): Buffer {
  return execFileSync(program, args, {
    env: TOOL_ENV,
    stdio: ["ignore", "pipe", "pipe"],
    maxBuffer: 1 << 26,
  });
}

/** A new folder that is removed with all it holds when its scope ends. */
export function temporaryFolder(): Disposable & { readonly path: string } {
  const path = mkdtempSync(join(tmpdir(), "casement-floppy-"));
  return { path, [Symbol.dispose]: () => rmSync(path, { recursive: true, force: true }) };
}

function runs(folder: string, program: string): boolean {
  try {
    accessSync(join(folder, program), constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
