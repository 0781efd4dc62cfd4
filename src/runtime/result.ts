import { cp, lstat, mkdir, rename } from "node:fs/promises";

/**
 * Moves what the command left as its $out to the derivation's output; modes and symlinks stay as they are. The session
 * makes $out an empty folder before the command runs, so a folder is the rule; a command that replaced it by a file gives
 * that file, and one that removed it gives an empty folder, as `mkdir $out` would.
 */
export async function moveResult(from: string, out: string): Promise<void> {
  const found = await lstat(from).catch(() => undefined);
  if (found === undefined) {
    await mkdir(out);
    return;
  }
  try {
    await rename(from, out);
  } catch (error) {
    // EXDEV: build folder and store are different mounts in Nix's sandbox. EACCES: a read-only folder cannot change its
    // parent unless one is root.
    const code = error instanceof Error && "code" in error ? error.code : undefined;
    if (code !== "EXDEV" && code !== "EACCES") throw error;
    await copyResult(from, out);
  }
}

/** The same as a copy. */
export async function copyResult(from: string, out: string): Promise<void> {
  await cp(from, out, { recursive: true, verbatimSymlinks: true, errorOnExist: true, force: false });
}
