import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { open } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { compressUsedMemory } from "../../tools/bench/used-memory.ts";
import { makeTempFolder } from "../support/temp-folder.ts";

const page = 4096;

test("of a memory only the pages count that are not zeros, wherever they lie", async () => {
  await using folder = await makeTempFolder();
  const file = join(folder.path, "ram");
  {
    await using ram = await open(file, "w");
    await ram.truncate(2000 * page);
    // The ends, a run across two reads, a page with one byte, and one of zeros that is no hole.
    for (const [first, data] of [
      [0, randomBytes(page)],
      [255, randomBytes(3 * page)],
      [700, Buffer.alloc(page).fill(1, page - 1)],
      [701, Buffer.alloc(page)],
      [1999, randomBytes(page)],
    ] as const)
      await ram.write(data, 0, data.length, first * page);
  }
  const { usedBytes, zstdBytes } = await compressUsedMemory(file, AbortSignal.timeout(10_000));
  assert.equal(usedBytes, 6 * page);
  assert.ok(zstdBytes > 5 * page && zstdBytes < 5.2 * page, `random bytes stay, got ${zstdBytes}`);
});
