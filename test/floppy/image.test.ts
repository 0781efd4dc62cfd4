import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { describe, test } from "node:test";
import { buildFloppy, FLOPPY_BYTES, FloppyError, type FloppyFile } from "../../src/floppy/image.ts";

const ROOT_START = 19 * 512;
const DATA_START = 33 * 512;
const ROOM = 2847 * 512;

function file(path: string, content: string | number): FloppyFile {
  return {
    path,
    content: typeof content === "string" ? Buffer.from(content) : new Uint8Array(content).fill(0x41),
  };
}

function build(...files: FloppyFile[]): Buffer {
  return Buffer.from(buildFloppy({ label: "UNATTEND", files }));
}

function issuesOf(label: string, ...files: FloppyFile[]): readonly string[] {
  try {
    buildFloppy({ label, files });
  } catch (error) {
    assert.ok(error instanceof FloppyError);
    assert.equal(error.message, error.issues.join("\n"));
    return error.issues;
  }
  return [];
}

function rootEntry(image: Buffer, index: number): Buffer {
  return image.subarray(ROOT_START + index * 32, ROOT_START + (index + 1) * 32);
}

describe("buildFloppy", () => {
  test("gives 1,474,560 bytes with two equal FATs", () => {
    const image = build(file("A", 3000), file("B/C", 1));
    assert.equal(image.length, 1_474_560);
    assert.equal(FLOPPY_BYTES, 1_474_560);
    assert.deepEqual(image.subarray(512, 10 * 512), image.subarray(10 * 512, 19 * 512));
  });

  test("an empty list gives a floppy with a label and nothing else", () => {
    const image = build();
    assert.equal(rootEntry(image, 0).subarray(0, 12).toString("latin1"), "UNATTEND   \x08");
    assert.ok(image.subarray(ROOT_START + 32).every((byte) => byte === 0));
  });

  test("puts files one after the other, and none for an empty one", () => {
    const image = build(file("A", 513), file("B", 0), file("C", 512));
    const clusters = [1, 2, 3].map((index) => rootEntry(image, index).readUInt16LE(26));
    assert.deepEqual(clusters, [2, 0, 4]);
    const bytes = [1, 2, 3].map((index) => rootEntry(image, index).readUInt32LE(28));
    assert.deepEqual(bytes, [513, 0, 512]);
    assert.equal(image.subarray(DATA_START, DATA_START + 513).toString(), "A".repeat(513));
    assert.ok(image.subarray(DATA_START + 513, DATA_START + 1024).every((byte) => byte === 0));
  });

  test("a folder in a folder points to its parent, one in the root to cluster 0", () => {
    const image = build(file("A/B/C", "x"));
    const outer = image.subarray(DATA_START);
    const inner = image.subarray(DATA_START + 512);
    assert.deepEqual([outer.readUInt16LE(26), outer.readUInt16LE(58)], [2, 0]);
    assert.deepEqual([inner.readUInt16LE(26), inner.readUInt16LE(58)], [3, 2]);
  });

  test("the order of the files does not change a byte", () => {
    const files = [
      file("b/x", "1"),
      file("a", "2"),
      file("Long name.txt", "3"),
      file("Long name 2.txt", "4"),
    ];
    assert.deepEqual(build(...files), build(...[...files].reverse()));
  });

  test("the bytes are the same on every machine and at every time", () => {
    const image = build(
      file("Autounattend.xml", "<unattend/>"),
      file("scripts/setup.cmd", "rem\r\n"),
      file("名/😀", ""),
    );
    const hash = createHash("sha256").update(image).digest("hex");
    assert.equal(hash, "da1f3d9b3b86ae01bdab8c1ef0ad45a7c151e7bc53b9ce3650dc0b3aaef51c9b");
  });

  test("the serial number follows the content, the names and the label", () => {
    const serial = (image: Uint8Array): number => Buffer.from(image).readUInt32LE(39);
    const images = [
      build(file("A", "1")),
      build(file("A", "2")),
      build(file("B", "1")),
      Buffer.from(buildFloppy({ label: "OTHER", files: [file("A", "1")] })),
    ];
    assert.equal(new Set(images.map(serial)).size, 4);
    assert.equal(serial(build(file("A", "1"))), serial(build(file("A", "1"))));
  });

  test("does not keep or change the content it is given", () => {
    const content = new Uint8Array([1, 2, 3]);
    const image = buildFloppy({ label: "X", files: [{ path: "A", content }] });
    content[0] = 9;
    assert.equal(image[DATA_START], 1);
  });
});

describe("what does not fit", () => {
  test("a file that takes every cluster fits, one more byte does not", () => {
    assert.deepEqual(issuesOf("X", file("A", ROOM)), []);
    assert.deepEqual(issuesOf("X", file("A", ROOM + 1), file("E", 0)), [
      "floppy: too much content, got 2848 clusters (1,458,176 bytes, whole clusters of 512 and folders counted); " +
        "at most 2847 clusters (1,457,664 bytes); the largest files are " +
        '"A" (1,457,665 bytes), "E" (0 bytes); move some of them to another medium',
    ]);
  });

  test("a folder takes clusters too", () => {
    assert.deepEqual(issuesOf("X", file("A", ROOM - 512), file("D/E", 0)), []);
    assert.match(issuesOf("X", file("A", ROOM), file("D/E", 0)).join(), /got 2848 clusters/);
  });

  test("the five largest files are named, the largest first", () => {
    const files = [1, 9, 3, 7, 5, 8].map((size) => file(`F${size}`, size * 100_000));
    assert.match(
      issuesOf("X", ...files).join(),
      /largest files are "F9" \(900,000 bytes\), "F8" .*, "F7" .*, "F5" .*, "F3" \(300,000 bytes\); move/,
    );
  });

  test("223 short names fill the root folder, one more does not fit", () => {
    const files = Array.from({ length: 223 }, (_, index) => file(`F${index}`, 0));
    assert.deepEqual(issuesOf("X", ...files), []);
    const [issue, ...rest] = issuesOf("X", ...files, file("G", 0));
    assert.match(
      issue ?? "",
      /^floppy: too many names in the root folder, got 225 entries for 224 names and the label; at most 224/,
    );
    assert.deepEqual(rest, []);
  });

  test("a folder below the root has no such limit", () => {
    assert.deepEqual(
      issuesOf("X", ...Array.from({ length: 300 }, (_, index) => file(`d/long ${index}`, 0))),
      [],
    );
  });
});

test("faults of the label, the names and the sizes come in one error", () => {
  const names = issuesOf("BAD.LABEL", file("nul", 1), file("a", 1), file("A", 1), file("x/", 1));
  assert.deepEqual(
    names.map((issue) => issue.slice(0, 14)),
    ["floppy label: ", 'file "nul": th', 'file "x/": a p', 'file "a": "a" '],
  );
  assert.equal(issuesOf("BAD.LABEL", file("a", ROOM + 1)).length, 2);
});
