import { lstat, mkdir } from "node:fs/promises";
import { basename, join } from "node:path";
import type { StageConfig } from "../contract/stage-config.ts";
import { InternalError } from "../errors.ts";
import { findHiddenReferences, storeNames, writeHiddenReferences } from "./hidden-references.ts";
import type { Log } from "./log.ts";
import { moveResult } from "./result.ts";

/** The path of a stage's output; nothing is there yet. */
export function outputOf(config: StageConfig, name: string): string {
  const path = config.outputs[name];
  if (path === undefined) throw new InternalError(`the ${config.stage} stage needs an output named ${name}`);
  return path;
}

/**
 * Moves what a command left in the folder `from`, each output under its name in the store, to the derivation's outputs, with the
 * references that Nix would not see named. An output that is not there is left to Nix, which names it.
 */
export async function moveOutputs(
  from: string,
  config: Pick<StageConfig, "outputs">,
  parts: { readonly makeOutputs: boolean; readonly log: Log; readonly storeFolder?: string },
): Promise<void> {
  const readNames = (): Promise<readonly string[]> =>
    storeNames(parts.storeFolder ?? "/nix/store", Object.values(config.outputs));
  for (const [name, path] of Object.entries(config.outputs)) {
    const left = join(from, basename(path));
    if (await isMissing(left)) {
      // One that was a folder from the start and was removed is an empty one, as `mkdir $out` would have made it.
      if (parts.makeOutputs) await mkdir(path);
      continue;
    }
    const hidden = await findHiddenReferences(left, readNames);
    await moveResult(left, path);
    // Not before: where it lay the guest can still put a link in the way of what is written.
    await nameHiddenReferences(path, { name, hidden, log: parts.log });
  }
}

async function nameHiddenReferences(
  output: string,
  { name, hidden, log }: { readonly name: string; readonly hidden: readonly string[]; readonly log: Log },
): Promise<void> {
  const count = await writeHiddenReferences(
    output,
    hidden.map((path) => `/nix/store/${path}`),
  );
  if (count === undefined) {
    log.line(
      `warning: output ${name} names store paths in UTF-16, which Nix does not see: ${hidden.join(" ")}. They are written down where it is a folder, and nix-support/references in it a file or not there`,
    );
  } else if (count > 0) {
    log.line(
      `output ${name}: ${count} store ${count === 1 ? "path" : "paths"} in UTF-16, named in nix-support/references`,
    );
  }
}

/** A folder that cannot be searched holds something that was made: it must not pass for an empty result. */
async function isMissing(path: string): Promise<boolean> {
  const found = await lstat(path).catch((error: unknown) => {
    if (!(error instanceof Error && "code" in error && error.code === "ENOENT")) throw error;
  });
  return found === undefined;
}
