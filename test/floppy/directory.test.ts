import assert from "node:assert/strict";
import { describe, test } from "node:test";
import {
  dotEntries,
  entryCount,
  itemEntries,
  labelEntry,
  shortNameChecksum,
} from "../../src/floppy/directory.ts";

// The first is the example of Microsoft's FAT specification; mtools writes the same three.
describe("shortNameChecksum", () => {
  const vectors: readonly (readonly [name: string, checksum: number])[] = [
    ["THEQUI~1FOX", 0x07],
    ["AUTOUN~1XML", 0xab],
    ["AB~1    C  ", 0xd8],
  ];
  for (const [name, checksum] of vectors) {
    test(`of ${name} is 0x${checksum.toString(16)}`, () => {
      assert.equal(shortNameChecksum(Buffer.from(name, "latin1")), checksum);
    });
  }
});

describe("itemEntries", () => {
  test("writes the example of Microsoft's FAT specification", () => {
    const entries = itemEntries({
      kind: "file",
      longName: "The quick brown.fox",
      shortName: { base: "THEQUI~1", extension: "FOX" },
      cluster: 0x123,
      bytes: 0x45678,
    });
    const expected =
      "427700 6e002e0066006f00 0f 00 07 7800 0000 ffffffffffffffff 0000 ffffffff".replace(
        "77002e",
        "77002e",
      ) +
      "0154006800650020007100 0f 00 07 7500690063006b002000 6200 0000 72006f00" +
      "544845515549 7e31464f58 20 00 00 0000 2100 2100 0000 0000 2100 2301 78560400";
    assert.equal(Buffer.from(entries).toString("hex"), expected.replaceAll(" ", ""));
  });

  test("a name in upper-case 8.3 is one entry", () => {
    const shortName = { base: "WINNT", extension: "SIF" };
    const entries = itemEntries({ kind: "file", longName: "WINNT.SIF", shortName, cluster: 2, bytes: 1 });
    assert.equal(entries.length, 32);
    assert.equal(Buffer.from(entries.subarray(0, 11)).toString("latin1"), "WINNT   SIF");
  });

  test("a name that fills its last piece has neither end mark nor padding", () => {
    const entries = itemEntries({
      kind: "file",
      longName: "thirteenchars",
      shortName: { base: "THIRTE~1", extension: "" },
      cluster: 0,
      bytes: 0,
    });
    assert.equal(entries.length, 64);
    const units = [1, 3, 5, 7, 9, 14, 16, 18, 20, 22, 24, 28, 30].map((offset) => entries[offset]);
    assert.equal(String.fromCharCode(...units.map((unit) => unit ?? 0)), "thirteenchars");
  });

  test("a character beyond the basic plane is written as its two surrogates", () => {
    const shortName = { base: "__~1", extension: "" };
    const entries = itemEntries({ kind: "file", longName: "😀", shortName, cluster: 0, bytes: 0 });
    assert.equal(Buffer.from(entries.subarray(1, 7)).toString("hex"), "3dd800de0000");
  });

  test("a folder has the folder's attribute", () => {
    const shortName = { base: "D", extension: "" };
    assert.equal(itemEntries({ kind: "folder", longName: "D", shortName, cluster: 2, bytes: 0 })[11], 0x10);
  });
});

describe("entryCount", () => {
  const rows: readonly (readonly [name: string, count: number])[] = [
    ["A.B", 1],
    ["a.b", 2],
    ["x".repeat(13), 2],
    ["x".repeat(14), 3],
    ["x".repeat(255), 21],
  ];
  for (const [name, count] of rows) {
    test(`a name of ${name.length} units (${name.slice(0, 3)}) takes ${count}`, () => {
      assert.equal(entryCount(name), count);
    });
  }
});

test("dotEntries points to the folder itself and to its parent", () => {
  const entries = Buffer.from(dotEntries(7, 3));
  assert.equal(entries.subarray(0, 11).toString("latin1"), ".          ");
  assert.equal(entries.subarray(32, 43).toString("latin1"), "..         ");
  assert.deepEqual([entries[11], entries[43]], [0x10, 0x10]);
  assert.deepEqual([entries.readUInt16LE(26), entries.readUInt16LE(58)], [7, 3]);
});

test("labelEntry is an entry with the label's attribute alone", () => {
  const entry = labelEntry(Buffer.from("UNATTEND   ", "latin1"));
  assert.equal(entry[11], 0x08);
  assert.equal(Buffer.from(entry.subarray(0, 11)).toString("latin1"), "UNATTEND   ");
});
