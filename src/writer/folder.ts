import { lstat, mkdir, realpath, stat } from "node:fs/promises";
import { dirname, sep } from "node:path";
import { ToolError } from "../errors.ts";

/** Throws ToolError where no folder to write to can be: a file or a link to nothing at it or above it, the Nix store. */
export async function assertFolder(folder: string, hint = elsewhere): Promise<void> {
  const missing = await findMissing(folder, hint);
  const parent = await realpath(missing.length === 0 ? folder : dirname(missing[0] ?? folder));
  if (parent !== nixStore && !parent.startsWith(nixStore + sep)) return;
  throw new ToolError(`${folder}: lies in the Nix store, which Nix alone may write`, { hint });
}

/** Makes the folder and those above it that are missing; returns those that it made, outermost first. */
export async function makeFolder(folder: string, hint = elsewhere): Promise<string[]> {
  const made: string[] = [];
  // One by one: `recursive` never comes back where a file system refuses new folders with ENOENT, as /proc does.
  for (const path of await findMissing(folder, hint)) {
    try {
      await mkdir(path);
      made.push(path);
    } catch (error) {
      if (!(await stat(path).catch(() => undefined))?.isDirectory()) throw error;
    }
  }
  return made;
}

const nixStore = "/nix/store";
const elsewhere = "Choose another folder with --out.";

/** The folders that are not there yet, outermost first. */
async function findMissing(folder: string, hint: string): Promise<string[]> {
  const missing: string[] = [];
  for (let at = folder; ; at = dirname(at)) {
    const stats = await lstat(at).catch((error: unknown) => {
      if (isAbsent(error)) return undefined;
      throw error;
    });
    if (stats === undefined) {
      missing.unshift(at);
      continue;
    }
    const target = await stat(at).catch(() => undefined);
    if (target?.isDirectory() === true) return missing;
    const what = target === undefined ? "is a link that leads nowhere" : "is not a folder";
    throw new ToolError(`${at}: ${what}`, { hint });
  }
}

// ENOTDIR: a file stands somewhere above; the walk comes to it.
function isAbsent(error: unknown): boolean {
  return error instanceof Error && "code" in error && (error.code === "ENOENT" || error.code === "ENOTDIR");
}
