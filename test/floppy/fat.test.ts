import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { buildFat } from "../../src/floppy/fat.ts";

function entryOf(fat: Uint8Array, cluster: number): number {
  const word = Buffer.from(fat).readUInt16LE(Math.floor((cluster * 3) / 2));
  return cluster % 2 === 0 ? word & 0xfff : word >> 4;
}

describe("buildFat", () => {
  test("starts with the media byte and the end mark, and is nine sectors long", () => {
    const fat = buildFat([]);
    assert.equal(fat.length, 9 * 512);
    assert.equal(Buffer.from(fat.subarray(0, 6)).toString("hex"), "f0ffff000000");
  });

  test("chains each extent and leaves what lies between free", () => {
    const fat = buildFat([
      { first: 2, count: 3 },
      { first: 5, count: 1 },
      { first: 7, count: 2 },
    ]);
    const entries = [2, 3, 4, 5, 6, 7, 8, 9].map((cluster) => entryOf(fat, cluster));
    assert.deepEqual(entries, [3, 4, 0xfff, 0xfff, 0, 8, 0xfff, 0]);
  });

  test("reaches the last cluster of the disk and nothing after it", () => {
    const fat = buildFat([{ first: 2, count: 2847 }]);
    assert.equal(entryOf(fat, 2847), 2848);
    assert.equal(entryOf(fat, 2848), 0xfff);
    assert.equal(entryOf(fat, 2849), 0);
  });

  test("the bytes of the FAT specification's packing: 003 and 004 are 03 40 00", () => {
    assert.equal(
      Buffer.from(buildFat([{ first: 2, count: 3 }]).subarray(3, 9)).toString("hex"),
      "034000ff0f00",
    );
  });
});
