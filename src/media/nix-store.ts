import { ToolError } from "../errors.ts";
import { run } from "../process/run.ts";
import { findProgram } from "./find-program.ts";
import { changed } from "./hash-file.ts";

/** Nix's programs by path. */
export interface NixPrograms {
  readonly nix: string;
  readonly nixStore: string;
}

/** Nix's programs on a PATH; undefined where one of them is missing. */
export function findNix(path: string | undefined): NixPrograms | undefined {
  const nix = findProgram(["nix"], path);
  const nixStore = findProgram(["nix-store"], path);
  return nix === undefined || nixStore === undefined ? undefined : { nix, nixStore };
}

/**
 * Adds a file to the Nix store as nix/iso.nix expects it, and returns its path; one that is there already stays as it is.
 * Throws ToolError where Nix fails, and if the file no longer has this hash.
 */
export async function addToStore(
  programs: NixPrograms,
  file: { readonly path: string; readonly name: string; readonly sha256: string },
): Promise<string> {
  const { path: expected, isThere } = await findInStore(programs, file);
  if (isThere) return expected;
  // `nix-store --add-fixed` would take the name from the file.
  const added = await run({
    file: programs.nix,
    args: [
      "--extra-experimental-features",
      "nix-command",
      "store",
      "add-file",
      "--name",
      file.name,
      file.path,
    ],
  });
  if (added.stdout.trim() !== expected) throw changed(file.path);
  return expected;
}

/** Makes a link that keeps a store path from being collected as garbage; an older link of this name is replaced. */
export async function keepInStore(programs: NixPrograms, storePath: string, link: string): Promise<void> {
  await run({
    file: programs.nixStore,
    args: ["--realise", storePath, "--add-root", link, "--indirect"],
  });
}

/** Where the store has a file of this name and hash, or would have it. */
export async function findInStore(
  programs: NixPrograms,
  file: { readonly name: string; readonly sha256: string },
): Promise<{ readonly path: string; readonly isThere: boolean }> {
  const { stdout } = await run({
    file: programs.nixStore,
    args: ["--print-fixed-path", "sha256", file.sha256, file.name],
  });
  const path = stdout.trim();
  return { path, isThere: await isValid(programs, path) };
}

/** Whether something keeps a path that is there from the next garbage collection. */
export async function isKeptInStore(programs: NixPrograms, storePath: string): Promise<boolean> {
  const { stdout } = await run({ file: programs.nixStore, args: ["--query", "--roots", storePath] });
  return stdout.trim() !== "";
}

async function isValid(programs: NixPrograms, storePath: string): Promise<boolean> {
  try {
    await run({ file: programs.nixStore, args: ["--check-validity", storePath] });
    return true;
  } catch (error) {
    if (error instanceof ToolError) return false;
    throw error;
  }
}
