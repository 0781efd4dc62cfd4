import { rm } from "node:fs/promises";
import { join } from "node:path";
import { run } from "../../../src/process/run.ts";
import type { BenchContext } from "../context.ts";
import { material, sumPart, sumRepeated, writeMaterial } from "./material.ts";
import { ninepPart, type Size } from "./transfers.ts";

/** The material as a path of the store, with the sum of each part. Leaving the scope takes it out of the store again. */
export interface StoredMaterial extends AsyncDisposable {
  readonly path: string;
  readonly sums: Readonly<Record<Size, string>>;
  /** Of what 9p alone writes: the large file is a part of it again and again. */
  readonly ninepSums: Readonly<Record<Size, string>>;
}

/** Makes the material and puts it into the store: S: shows nothing else. */
export async function storeMaterial(context: BenchContext): Promise<StoredMaterial> {
  const folder = join(context.folder, "material");
  await writeMaterial(folder);
  const path = (
    await nixStore(["add", "--name", "casement-bench-share", folder], context.vitals.signal)
  ).trim();
  const sums = { large: await sumPart(folder, "large"), small: await sumPart(folder, "small") };
  const repeated = await sumRepeated(join(folder, material.large), ninepPart);
  await rm(folder, { recursive: true });
  return {
    path,
    sums,
    ninepSums: { large: repeated, small: sums.small },
    async [Symbol.asyncDispose]() {
      // Also after a failure. Another bench may be reading it; the garbage collector gets what stays.
      await nixStore(["delete", path]).catch(() => undefined);
    },
  };
}

async function nixStore(args: readonly string[], signal?: AbortSignal): Promise<string> {
  const words = ["--extra-experimental-features", "nix-command", "store", ...args];
  return (await run({ file: "nix", args: words }, signal === undefined ? {} : { signal })).stdout;
}
