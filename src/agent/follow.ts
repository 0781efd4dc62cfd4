import { open } from "node:fs/promises";
import { setTimeout as delay } from "node:timers/promises";

/** How long what was written may lie there. */
const intervalMs = 100;

/**
 * Hands on what is appended to a file, as it comes; leaving the scope hands on what is there by then, and waits for nobody who still
 * writes. The file is there already. Not by a watch: a file system that is another machine's need not tell of changes.
 */
export async function follow(file: string, take: (data: Buffer) => Promise<void>): Promise<AsyncDisposable> {
  const handle = await open(file, "r");
  const left = new AbortController();
  const read = async (): Promise<void> => {
    await using opened = handle;
    const buffer = Buffer.alloc(65_536);
    let position = 0;
    // As far as the file goes now: it may grow faster than it is taken.
    const handOn = async (): Promise<void> => {
      const { size } = await opened.stat();
      while (position < size) {
        const length = Math.min(buffer.length, size - position);
        const { bytesRead } = await opened.read(buffer, 0, length, position);
        if (bytesRead === 0) return;
        position += bytesRead;
        await take(Buffer.from(buffer.subarray(0, bytesRead)));
      }
    };
    while (!left.signal.aborted) {
      await handOn();
      await delay(intervalMs, undefined, { signal: left.signal }).catch(() => undefined);
    }
    await handOn();
  };
  const reading = read();
  reading.catch(() => undefined);
  return {
    async [Symbol.asyncDispose]() {
      left.abort();
      await reading;
    },
  };
}
