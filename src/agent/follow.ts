import { open } from "node:fs/promises";
import { setTimeout as delay } from "node:timers/promises";

/** How long what was written may lie there. */
const intervalMs = 100;

/**
 * Hands on what is appended to a file, as it comes; leaving the scope hands on the rest. The file is there already. Not by a watch: a file
 * system that is another machine's need not tell of changes.
 */
export async function follow(file: string, take: (data: Buffer) => Promise<void>): Promise<AsyncDisposable> {
  const handle = await open(file, "r");
  const left = new AbortController();
  const read = async (): Promise<void> => {
    await using opened = handle;
    const buffer = Buffer.alloc(65_536);
    for (;;) {
      // What was written before the end has to be seen, so the end is looked for first.
      const isLast = left.signal.aborted;
      const { bytesRead } = await opened.read(buffer, 0, buffer.length, null);
      if (bytesRead > 0) await take(Buffer.from(buffer.subarray(0, bytesRead)));
      else if (isLast) return;
      else await delay(intervalMs, undefined, { signal: left.signal }).catch(() => undefined);
    }
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
