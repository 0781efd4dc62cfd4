import { open } from "node:fs/promises";

/** No message is longer; the file is the guest's, and may be of any size. */
const mostBytes = 4096;

/** The first 4 KiB of a text in xchg; undefined where it cannot be read. */
export async function readStart(file: string): Promise<string | undefined> {
  try {
    await using handle = await open(file);
    const { bytesRead, buffer } = await handle.read({ buffer: Buffer.alloc(mostBytes), position: 0 });
    return buffer.toString("utf8", 0, bytesRead);
  } catch {
    return undefined;
  }
}
