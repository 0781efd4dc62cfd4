import { readdir, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { run } from "../../src/process/run.ts";
import type { BenchContext } from "./context.ts";
import { timed } from "./measure.ts";

/** Two stores of the bench's own with a binary cache between them, and the one path that travels. */
export interface Stores {
  /** Where the path lies in the first store, and in the second after `arrive`. */
  readonly here: string;
  readonly there: string;
  /** Fills an empty cache, compressed by zstd; milliseconds. */
  push(): Promise<number>;
  /** Fetches into an empty second store; milliseconds. */
  arrive(): Promise<number>;
  /** Of what the cache holds. */
  cacheBytes(): Promise<number>;
  /** Empties the second store. */
  leave(): Promise<void>;
}

/** Puts a folder into a store below `top`. Holes are lost on the way, as on every other. */
export async function openStores(context: BenchContext, top: string, folder: string): Promise<Stores> {
  const { signal } = context.vitals;
  const nix = async (...args: readonly string[]): Promise<string> =>
    (await run({ file: "nix", args: ["--extra-experimental-features", "nix-command", ...args] }, { signal }))
      .stdout;
  const [first, second] = [join(top, "first"), join(top, "second")];
  const cache = join(top, "cache");
  const to = `file://${cache}?compression=zstd`;
  const path = (
    await nix("store", "add", "--name", "casement-bench-ram", "--store", `local?root=${first}`, folder)
  ).trim();
  const copy = (...args: readonly string[]): Promise<string> => nix("copy", "--no-check-sigs", ...args, path);
  return {
    here: join(first, path),
    there: join(second, path),
    async push() {
      await rm(cache, { recursive: true, force: true });
      return timed(() => copy("--from", `local?root=${first}`, "--to", to));
    },
    arrive: () => timed(() => copy("--from", `file://${cache}`, "--to", `local?root=${second}`)),
    async cacheBytes() {
      const nars = join(cache, "nar");
      const sizes = await Promise.all(
        (await readdir(nars)).map(async (name) => (await stat(join(nars, name))).size),
      );
      return sizes.reduce((sum, size) => sum + size, 0);
    },
    leave: () => rm(second, { recursive: true, force: true }),
  };
}
