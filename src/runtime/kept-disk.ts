import { access, constants, copyFile, lstat, rename } from "node:fs/promises";
import { dirname, join } from "node:path";
import { exitCodes, ToolError } from "../errors.ts";
import { orFullDisk } from "./full-disk.ts";

/**
 * Throws ToolError where a disk could not be kept in this file. Never somebody's file, and looked at before a session rather
 * than after it: a disk is large, and not made again.
 */
export async function assertCanBeKept(file: string): Promise<void> {
  const refuse = (what: string): ToolError => new ToolError(`--keep: ${what}`, { exitCode: exitCodes.spec });
  const reason = await lstat(file).then(
    () => undefined,
    (error: unknown) => error,
  );
  if (reason === undefined) throw refuse(`${file} is there already; name a file that is not`);
  if (codeOf(reason) !== "ENOENT") throw refuse(`${file} cannot be written: ${wordsOf(reason)}`);
  const folder = dirname(file);
  await access(folder, constants.W_OK | constants.X_OK).catch((error: unknown) => {
    throw refuse(`${file} cannot be written: ${wordsOf(error)}; make ${folder}, or name another folder`);
  });
}

/** Copies the disk of a machine that has ended. Where that fails the disk itself goes to `otherwise`, which the ToolError names. */
export async function keepDisk(
  disk: string,
  { file, otherwise }: { readonly file: string; readonly otherwise: string },
): Promise<void> {
  try {
    await copyFile(disk, file, constants.COPYFILE_EXCL);
  } catch (error) {
    const kept = join(otherwise, "disk.qcow2");
    await rename(disk, kept);
    const full = error instanceof Error && orFullDisk(error) !== error;
    throw new ToolError(`--keep: ${file} cannot be written: ${wordsOf(error)}`, {
      hint: `The disk is in ${kept}; move it to where you want it.`,
      exitCode: full ? exitCodes.space : exitCodes.tool,
      cause: error,
    });
  }
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && "code" in error ? error.code : undefined;
}

function wordsOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
