import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { findWim, readIso } from "../../src/media/find-wim.ts";
import { makeTempFolder } from "../support/temp-folder.ts";
import { wimHeader } from "./wim-header.ts";

const header = wimHeader({ images: 3 });
const other = wimHeader({ images: 2 });
const sector = 2048;
const chunk = 4 << 20;

for (const [title, place, want] of [
  ["at the first sector", 0, 0],
  ["behind another WIM", 5 * sector, 5 * sector],
  ["at the last sector of a block that is read at once", chunk - sector, chunk - sector],
  ["at the first sector of the next block", chunk, chunk],
  ["nowhere, if it does not begin at a sector", sector + 512, undefined],
] as const) {
  test(`a WIM is found ${title}`, async () => {
    await using folder = await makeTempFolder();
    const file = join(folder.path, "iso");
    const bytes = Buffer.alloc(chunk + 4 * sector);
    other.copy(bytes, 2 * sector);
    header.copy(bytes, place);
    await writeFile(file, bytes);
    assert.equal(await findWim(file, header), want);
  });
}

test("a WIM whose header the end of the file cuts is none", async () => {
  await using folder = await makeTempFolder();
  const file = join(folder.path, "iso");
  await writeFile(file, Buffer.concat([Buffer.alloc(sector), header.subarray(0, 100)]));
  assert.equal(await findWim(file, header), undefined);
  assert.equal((await readIso(file, sector, 208)).length, 100);
});
