import { ToolError } from "../errors.ts";
import { run } from "../process/run.ts";
import { changed } from "./hash-file.ts";

/** Nix's programs by path. */
export interface NixPrograms {
  readonly nix: string;
  readonly nixStore: string;
}

/**
 * Adds a file to the Nix store as nix/iso.nix expects it, and returns its path; one that is there already stays as it is.
 * Throws ToolError where Nix fails, and if the file no longer has this hash.
 */
export async function addToStore(
  programs: NixPrograms,
  file: { readonly path: string; readonly name: string; readonly sha256: string },
): Promise<string> {
  const fixed = await run({
    file: programs.nixStore,
    args: ["--print-fixed-path", "sha256", file.sha256, file.name],
  });
  const expected = fixed.stdout.trim();
  if (await isValid(programs, expected)) return expected;
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

async function isValid(programs: NixPrograms, storePath: string): Promise<boolean> {
  try {
    await run({ file: programs.nixStore, args: ["--check-validity", storePath] });
    return true;
  } catch (error) {
    if (error instanceof ToolError) return false;
    throw error;
  }
}
