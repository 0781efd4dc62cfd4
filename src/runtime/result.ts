import { cp, rename } from "node:fs/promises";

/** Moves what a command left as an output, a folder or a file, to its place; modes and symlinks stay as they are. */
export async function moveResult(from: string, out: string): Promise<void> {
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
