import { join } from "node:path";
import { snapshot } from "../contract/filenames.ts";
import type { MemoryLayout } from "../contract/machine.ts";
import { run } from "../process/run.ts";

interface Parts {
  readonly qemuImg: string;
  /** The guest's memory, as large as it is, with holes where nothing is. */
  readonly ram: string;
  readonly packed: string;
  readonly signal: AbortSignal;
}

/** The file of a snapshot's output `ram` that holds the guest's memory. */
export function keptRam(folder: string, layout: MemoryLayout): string {
  return join(folder, layout === "packed" ? snapshot.packedRam : snapshot.ram);
}

/**
 * Writes the pages of `ram` that are not zeros to `packed`. They are not compressed: caches do that, and each run would have to
 * wait for it.
 */
export async function packRam({ qemuImg, ram, packed, signal }: Parts): Promise<void> {
  // Clusters as large as a page: larger ones would keep the empty pages around each one in use.
  // biome-ignore format: an option and its value stay on one line
  const args = ["convert", "-q", "-f", "raw", "-O", "qcow2", "-o", "cluster_size=4k", "-S", "4k", ram, packed];
  await run({ file: qemuImg, args }, { signal });
}

/** Makes `ram` anew from what packRam wrote: the same bytes, with holes. */
export async function unpackRam({ qemuImg, ram, packed, signal }: Parts): Promise<void> {
  // biome-ignore format: an option and its value stay on one line
  const args = ["convert", "-q", "-f", "qcow2", "-O", "raw", "-S", "4k", packed, ram];
  await run({ file: qemuImg, args }, { signal });
}
