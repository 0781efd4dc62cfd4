import { open, readdir } from "node:fs/promises";
import { join } from "node:path";

const storeFolder = "/nix/store/";
const hashBytes = 32;
const storePathBytes = storeFolder.length + hashBytes + "-".length;
const nobodysHash = "e".repeat(hashBytes);

/**
 * Takes the hashes out of all store paths in the logs of a folder, as nixpkgs' nuke-refs does it; names stay. QEMU's command line
 * names media, disk and memory: what holds a log would keep them in the store, and take the install ISO along to every cache.
 * `chunkBytes` is how much of a file is read at once: a command may print more than fits into a string.
 */
export async function dropReferences(folder: string, chunkBytes = 2 ** 20): Promise<void> {
  for (const name of await readdir(folder)) {
    if (/\.(log|txt|json|jsonl|command|stderr)$/.test(name)) await dropIn(join(folder, name), chunkBytes);
  }
}

async function dropIn(file: string, chunkBytes: number): Promise<void> {
  await using handle = await open(file, "r+");
  const buffer = Buffer.alloc(chunkBytes + storePathBytes);
  // Where in the file the buffer begins, and how much of it is there already.
  let position = 0;
  let kept = 0;
  for (;;) {
    const { bytesRead } = await handle.read(buffer, kept, chunkBytes, position + kept);
    if (bytesRead === 0) return;
    const end = kept + bytesRead;
    if (dropFrom(buffer.subarray(0, end))) await handle.write(buffer, 0, end, position);
    // What may be the beginning of a path.
    kept = Math.min(end, storePathBytes - 1);
    buffer.copyWithin(0, end - kept, end);
    position += end - kept;
  }
}

/** Whether there was any. */
function dropFrom(text: Buffer): boolean {
  let found = false;
  for (let at = text.indexOf(storeFolder); at !== -1; at = text.indexOf(storeFolder, at + 1)) {
    const hash = at + storeFolder.length;
    if (!/^[0-9a-df-np-sv-z]{32}-$/.test(text.toString("latin1", hash, hash + hashBytes + 1))) continue;
    text.write(nobodysHash, hash, "latin1");
    found = true;
  }
  return found;
}
