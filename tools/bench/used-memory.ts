import { createReadStream } from "node:fs";
import { pipeline } from "node:stream/promises";
import { createZstdCompress } from "node:zlib";

const pageBytes = 4096;

/** The pages of a memory that are not zeros, and what zstd (level 3, its default) makes of them alone: no layout can send less by it. */
export async function compressUsedMemory(
  file: string,
  signal: AbortSignal,
): Promise<{ readonly usedBytes: number; readonly zstdBytes: number }> {
  let [usedBytes, zstdBytes] = [0, 0];
  await pipeline(
    createReadStream(file, { highWaterMark: 256 * pageBytes }),
    async function* (blocks: AsyncIterable<Buffer>) {
      for await (const block of blocks) {
        for (const run of usedRuns(block)) {
          usedBytes += run.length;
          yield run;
        }
      }
    },
    createZstdCompress(),
    async (compressed: AsyncIterable<Buffer>) => {
      for await (const part of compressed) zstdBytes += part.length;
    },
    { signal },
  );
  return { usedBytes, zstdBytes };
}

const zeros = Buffer.alloc(pageBytes);

function* usedRuns(block: Buffer): Generator<Buffer> {
  let start = 0;
  for (let at = 0; at < block.length; at += pageBytes) {
    const end = Math.min(at + pageBytes, block.length);
    if (block.compare(zeros, 0, end - at, at, end) !== 0) continue;
    if (at > start) yield block.subarray(start, at);
    start = end;
  }
  if (block.length > start) yield block.subarray(start);
}
