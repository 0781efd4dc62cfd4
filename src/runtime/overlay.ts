import { run } from "../process/run.ts";

/** Makes a qcow2 that takes the writes and reads the rest from `base`, which it names by its absolute path. */
export async function createOverlay(options: {
  readonly qemuImg: string;
  readonly base: string;
  readonly overlay: string;
  readonly signal: AbortSignal;
}): Promise<void> {
  // biome-ignore format: an option and its value stay on one line
  const args = ["create", "-q", "-f", "qcow2", "-b", options.base, "-F", "qcow2", options.overlay];
  await run({ file: options.qemuImg, args }, { signal: options.signal });
}
