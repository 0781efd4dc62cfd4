import assert from "node:assert/strict";
import { createHash, randomBytes } from "node:crypto";
import { createReadStream } from "node:fs";
import { open, stat } from "node:fs/promises";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { test } from "node:test";
import { packRam, unpackRam } from "../../src/runtime/ram-file.ts";
import { findProgram, skipWithout } from "../support/external-tools.ts";
import { makeTempFolder } from "../support/temp-folder.ts";

const page = 4096;
const pages = 64 * 256;

/** Pages in use: the ends, single ones, one with a single byte that counts, and runs of many; also a written page of zeros. */
const used: readonly (readonly [first: number, data: Buffer])[] = [
  [0, randomBytes(page)],
  [pages - 1, randomBytes(page)],
  [17, Buffer.alloc(page).fill(1, page - 1)],
  [19, Buffer.alloc(page)],
  ...Array.from({ length: 300 }, (_, index) => [100 + index * 50, randomBytes(page)] as const),
  [15_200, randomBytes(1000 * page)],
];
const usedBytes = used.reduce((sum, [, data]) => sum + data.length, 0);

test("a memory that is packed and unpacked is the same to the byte, has its holes, and is kept at its size in use", {
  skip: skipWithout(["qemu-img"]),
}, async () => {
  await using folder = await makeTempFolder();
  const at = (name: string): string => join(folder.path, name);
  await using ram = await open(at("ram"), "w");
  await ram.truncate(pages * page);
  for (const [first, data] of used) await ram.write(data, 0, data.length, first * page);
  const parts = {
    qemuImg: findProgram("qemu-img") ?? "",
    packed: at("packed"),
    signal: AbortSignal.timeout(60_000),
  };

  await packRam({ ...parts, ram: at("ram") });
  await unpackRam({ ...parts, ram: at("unpacked") });

  assert.equal(await hashOf(at("unpacked")), await hashOf(at("ram")));
  assert.ok((await stat(at("packed"))).size <= usedBytes * 1.1, "a copy between stores has this size");
  assert.ok((await stat(at("unpacked"))).blocks * 512 <= usedBytes * 1.05, "holes are holes again");
});

async function hashOf(file: string): Promise<string> {
  const hash = createHash("sha256");
  await pipeline(createReadStream(file), hash);
  return hash.digest("hex");
}
