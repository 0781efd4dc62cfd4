import assert from "node:assert/strict";
import { describe, test } from "node:test";
import {
  assignShortNames,
  isShortName,
  joinShortName,
  shortNameBytes,
} from "../../src/floppy/short-names.ts";

function shortNamesOf(...longNames: string[]): string[] {
  return assignShortNames(longNames).map(joinShortName);
}

describe("assignShortNames", () => {
  const alone: readonly (readonly [longName: string, shortName: string])[] = [
    ["WINNT.SIF", "WINNT.SIF"],
    ["winnt.sif", "WINNT.SIF"],
    ["$OEM$", "$OEM$"],
    ["Autounattend.xml", "AUTOUN~1.XML"],
    ["The quick brown.fox", "THEQUI~1.FOX"],
    ["setup.json", "SETUP~1.JSO"],
    ["a b.txt", "AB~1.TXT"],
    ["a.b.c", "AB~1.C"],
    [".gitattributes", "GITATT~1"],
    ["..x", "X~1"],
    ["x+y.[z]", "X_Y~1._Z_"],
    ["名前.txt", "__~1.TXT"],
    ["Größe", "GR__E~1"],
    ["ß", "_~1"],
    ["c on.txt", "CON~1.TXT"],
  ];
  for (const [longName, shortName] of alone) {
    test(`${longName} becomes ${shortName}`, () => assert.deepEqual(shortNamesOf(longName), [shortName]));
  }

  test("names that share a beginning count up in the order given", () => {
    assert.deepEqual(shortNamesOf("long name 1.txt", "long name 2.txt", "long name 1.log"), [
      "LONGNA~1.TXT",
      "LONGNA~2.TXT",
      "LONGNA~1.LOG",
    ]);
  });

  test("a name that fits keeps itself, even when a tail would have come first", () => {
    assert.deepEqual(shortNamesOf("Long name.txt", "longna~1.txt", "LONGNA~2.TXT"), [
      "LONGNA~3.TXT",
      "LONGNA~1.TXT",
      "LONGNA~2.TXT",
    ]);
  });

  test("a long name that only other alphabets fold into 8.3 takes that short name from others", () => {
    assert.deepEqual(shortNamesOf("s foo", "ſfoo~1"), ["SFOO~2", "_FOO~1~1"]);
  });

  test("a tail of two digits and more takes room from the base", () => {
    const names = Array.from({ length: 120 }, (_, index) => `a long name ${index}`);
    const short = shortNamesOf(...names);
    assert.equal(short[8], "ALONGN~9");
    assert.equal(short[9], "ALONG~10");
    assert.equal(short[119], "ALON~120");
    assert.equal(new Set(short).size, names.length);
  });

  test("bases that meet only after they are cut still differ", () => {
    const names = Array.from({ length: 12 }, (_, index) => `abcdef long ${index}`);
    const short = shortNamesOf(...names, ...names.map((name) => name.replace("abcdef", "abcdeg")));
    assert.equal(new Set(short).size, 24);
  });
});

describe("isShortName", () => {
  const rows: readonly (readonly [name: string, short: boolean])[] = [
    ["ABCDEFGH.IJK", true],
    ["A", true],
    ["$OEM$", true],
    ["A~1", true],
    ["a", false],
    ["ABCDEFGHI", false],
    ["A.BCDE", false],
    ["A.B.C", false],
    [".A", false],
    ["A B", false],
    ["A+B", false],
    ["Ä", false],
  ];
  for (const [name, short] of rows) {
    test(`${name} ${short ? "is" : "is not"} its own short name`, () =>
      assert.equal(isShortName(name), short));
  }
});

test("shortNameBytes fills base and extension with spaces", () => {
  assert.equal(Buffer.from(shortNameBytes({ base: "AB", extension: "C" })).toString("latin1"), "AB      C  ");
});
