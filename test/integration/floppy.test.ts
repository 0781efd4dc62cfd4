import assert from "node:assert/strict";
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { describe, test } from "node:test";
import * as fc from "fast-check";
import { buildFloppy, FloppyError, type FloppyFile } from "../../src/floppy/image.ts";
import { checkPaths } from "../../src/floppy/tree.ts";
import { runTool, skipUnlessInstalled, temporaryFolder } from "../floppy/foreign-tools.ts";

const skip = skipUnlessInstalled("fsck.fat", "mcopy", "mdir", "mtype", "minfo", "mlabel");
const ROOM_BYTES = 2847 * 512;

// Readable bytes that differ from cluster to cluster, so that a wrong chain is seen.
function content(length: number, seed: number): Uint8Array {
  return Uint8Array.from({ length }, (_, index) => (index * 31 + (index >> 9) * 7 + seed) & 0xff);
}

function writeImage(folder: string, files: readonly FloppyFile[], label = "CASEMENT"): string {
  const image = join(folder, "floppy.img");
  writeFileSync(image, buildFloppy({ label, files }));
  return image;
}

function assertClean(image: string): void {
  const report = runTool("fsck.fat", "-n", "-v", image).toString();
  assert.doesNotMatch(
    report,
    /differ|orphan|bad|wrong|invalid|unused clusters \(|Reclaimed|Duplicate/i,
    report,
  );
}

function filesBelow(folder: string): Map<string, Buffer> {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) =>
    entry.isFile(),
  );
  const paths = entries.map((entry) => join(entry.parentPath, entry.name));
  return new Map(paths.map((path) => [relative(folder, path), readFileSync(path)]));
}

function copyOut(image: string, folder: string): Map<string, Buffer> {
  const out = join(folder, "out");
  rmSync(out, { recursive: true, force: true });
  mkdirSync(out);
  runTool("mcopy", "-s", "-n", "-i", image, "::/*", out);
  return filesBelow(out);
}

// mdir groups the digits by spaces.
function bytesFree(image: string): number {
  const list = runTool("mdir", "-i", image, "::").toString();
  return Number(/^ *([0-9 ]+) bytes free$/m.exec(list)?.[1]?.replaceAll(" ", ""));
}

function assertSameFiles(got: ReadonlyMap<string, Buffer>, files: readonly FloppyFile[]): void {
  assert.deepEqual([...got.keys()].sort(), files.map((file) => file.path).sort());
  for (const file of files) {
    assert.ok(got.get(file.path)?.equals(file.content), `${file.path} has other bytes`);
  }
}

const plainCharacter = fc.constantFrom(
  ...Array.from("abcxyzABCXYZ0189._-~ $%'@{}()&+,;=[]!#^`äßéΩжŁ名前日本€’"),
);
// mtools cannot write the upper planes; the unit tests look at the two surrogates themselves.
const anyCharacter = fc
  .integer({ min: 0xa0, max: 0xfffd })
  .filter((code) => code < 0xd800 || code > 0xdfff)
  .map((code) => String.fromCharCode(code));
const shortName = fc.stringMatching(/^[A-Z0-9_~]{1,8}(\.[A-Z0-9]{1,3})?$/);
const longName = fc.oneof(
  { weight: 4, arbitrary: fc.string({ unit: plainCharacter, minLength: 1, maxLength: 40 }) },
  { weight: 2, arbitrary: fc.string({ unit: anyCharacter, minLength: 1, maxLength: 30 }) },
  {
    weight: 1,
    arbitrary: fc.integer({ min: 9, max: 84 }).map((length) => "long".repeat(30).slice(0, length)),
  },
);
const component = fc.oneof(shortName, longName);
// Few folder names, so that folders fill and names meet.
const folders = fc.array(fc.oneof(fc.constantFrom("sub", "Sub Folder", "DIR", "名"), component), {
  maxLength: 3,
});
const length = fc.oneof(
  fc.constantFrom(0, 1, 511, 512, 513, 1023, 1024, 1025),
  fc.integer({ min: 0, max: 20_000 }),
);
const anyFile = fc
  .tuple(folders, component, length, fc.nat(255))
  .map(([above, name, bytes, seed]) => ({ path: [...above, name].join("/"), content: content(bytes, seed) }));

// The files of the list that can stand beside the ones before them.
function acceptable(files: readonly FloppyFile[]): FloppyFile[] {
  const kept: FloppyFile[] = [];
  for (const file of files) {
    if (checkPaths([...kept, file].map((one) => one.path)).length === 0) kept.push(file);
  }
  return kept;
}

describe("a floppy as fsck.fat and mtools see it", { skip }, () => {
  test("any tree of names and contents is clean and comes back byte for byte", () => {
    using folder = temporaryFolder();
    let written = 0;
    const property = fc.property(fc.array(anyFile, { minLength: 1, maxLength: 25 }), (list) => {
      const files = acceptable(list);
      fc.pre(files.length > 0);
      const image = writeImage(folder.path, files);
      assertClean(image);
      assertSameFiles(copyOut(image, folder.path), files);
      written += files.length;
    });
    fc.assert(property, { numRuns: 200, interruptAfterTimeLimit: 8_000 });
    assert.ok(written > 100, `only ${written} files were written`);
  });

  test("any tree can be filled up to the byte that mtools calls the last free one, and no further", () => {
    using folder = temporaryFolder();
    const property = fc.property(fc.array(anyFile, { maxLength: 25 }), (list) => {
      const files = acceptable(list);
      const free = bytesFree(writeImage(folder.path, files));
      const full = [...files, { path: "FILL-UP!", content: content(free, 1) }];
      const image = writeImage(folder.path, full);
      assertClean(image);
      assertSameFiles(copyOut(image, folder.path), full);
      assert.equal(bytesFree(image), 0);
      const over = [...files, { path: "FILL-UP!", content: content(free + 1, 1) }];
      assert.throws(() => buildFloppy({ label: "X", files: over }), /too much content, got 2848 clusters/);
    });
    fc.assert(property, { numRuns: 15, interruptAfterTimeLimit: 4_000 });
  });

  test("names at the limits of long names, short names and folders come back", () => {
    using folder = temporaryFolder();
    const lengths = [1, 12, 13, 14, 25, 26, 27, 39, 254, 255];
    const files = [
      ...lengths.map((units) => ({ path: "n".repeat(units), content: content(units, 1) })),
      ...lengths
        .slice(0, 7)
        .map((units) => ({ path: `名${"前".repeat(units)}/Ä`, content: content(units, 2) })),
      ...Array.from({ length: 120 }, (_, index) => ({
        path: `deep/er/same beginning ${index}`,
        content: content(9, index),
      })),
      { path: "LONGNA~1.TXT", content: content(3, 3) },
      { path: "long name.txt", content: content(4, 4) },
      { path: "long name 2.txt", content: content(5, 5) },
    ];
    const image = writeImage(folder.path, files);
    assertClean(image);
    assertSameFiles(copyOut(image, folder.path), files);
  });

  test("the geometry is that of a 3.5 inch floppy", () => {
    using folder = temporaryFolder();
    const report = runTool("minfo", "-i", writeImage(folder.path, []), "::").toString();
    const expected = [
      "sectors per track: 18",
      "heads: 2",
      "cylinders: 80",
      "media byte: f0",
      "sector size: 512 bytes",
      "cluster size: 1 sectors",
      "fats: 2",
      "max available root directory slots: 224",
      "small size: 2880 sectors",
      "sectors per fat: 9",
      'disk type="FAT12   "',
    ];
    for (const line of expected) assert.ok(report.includes(line), `no "${line}" in\n${report}`);
  });

  test("the label stands in the boot sector and in the root folder, beside a file of that name", () => {
    using folder = temporaryFolder();
    const image = writeImage(folder.path, [{ path: "UNATTEND", content: content(5, 0) }], "Unattend");
    assertClean(image);
    assert.match(runTool("mlabel", "-s", "-i", image, "::").toString(), /^ *Volume label is UNATTEND *$/m);
    assert.match(runTool("minfo", "-i", image, "::").toString(), /disk label="UNATTEND   "/);
    assert.deepEqual(runTool("mtype", "-i", image, "::/UNATTEND"), Buffer.from(content(5, 0)));
  });

  test("a file is found by its long name in any case, and by its short one, and is dated 1980", () => {
    using folder = temporaryFolder();
    const answer = { path: "Autounattend.xml", content: content(700, 1) };
    const sif = { path: "winnt.sif", content: content(600, 2) };
    const script = { path: "Some Folder/setup script.cmd", content: content(500, 3) };
    const image = writeImage(folder.path, [answer, sif, script]);
    for (const [path, file] of [
      ["AUTOUNATTEND.XML", answer],
      ["AUTOUN~1.XML", answer],
      ["WINNT.SIF", sif],
      ["some folder/SETUP SCRIPT.cmd", script],
      ["SOMEFO~1/SETUPS~1.CMD", script],
    ] as const) {
      assert.ok(runTool("mtype", "-i", image, `::/${path}`).equals(file.content), path);
    }
    const list = runTool("mdir", "-i", image, "::").toString();
    assert.match(list, /^WINNT +SIF +600 1980-01-01 +0:00 +winnt\.sif *$/m);
    assert.match(list, /^AUTOUN~1 XML +700 1980-01-01 +0:00 +Autounattend\.xml *$/m);
  });

  test("every last cluster and every last root entry can be used", () => {
    using folder = temporaryFolder();
    const many = Array.from({ length: 223 }, (_, index) => ({
      path: `F${index}`,
      content: content(511, index),
    }));
    const rest = ROOM_BYTES - 222 * 512;
    const files = [...many.slice(0, 222), { path: "REST", content: content(rest, 9) }];
    const image = writeImage(folder.path, files);
    assertClean(image);
    assertSameFiles(copyOut(image, folder.path), files);
    assert.equal(bytesFree(image), 0);
    const tooMuch = [...files.slice(0, 222), { path: "REST", content: content(rest + 1, 9) }];
    assert.throws(() => buildFloppy({ label: "X", files: tooMuch }), FloppyError);
  });

  test("a name beyond the basic plane is found by its short name, with its bytes", () => {
    using folder = temporaryFolder();
    const image = writeImage(folder.path, [{ path: "smile 😀.txt", content: content(513, 6) }]);
    assertClean(image);
    assert.ok(runTool("mtype", "-i", image, "::/SMILE_~1.TXT").equals(content(513, 6)));
  });

  test("fsck.fat sees a fault that is put in, so that its silence says something", () => {
    using folder = temporaryFolder();
    const image = writeImage(folder.path, [{ path: "A long name", content: content(2000, 1) }]);
    const bytes = readFileSync(image);
    bytes.writeUInt8(0, 512 + 3); // the first cluster's link in one of the FATs
    writeFileSync(image, bytes);
    assert.throws(() => assertClean(image));
  });
});
