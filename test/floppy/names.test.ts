import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { checkPath, foldCase } from "../../src/floppy/names.ts";

describe("checkPath", () => {
  const good: readonly string[] = [
    "Autounattend.xml",
    "$OEM$/$1/tool.exe",
    ".gitattributes",
    " leading space",
    "a.b.c/d e/f+g,h;i=j[k].txt",
    "名前/Größe.txt",
    "smile 😀.txt",
    "console.txt",
    "COM10.txt",
    "NULL",
    "x".repeat(255),
    `${"d".repeat(127)}/${"f".repeat(128)}`,
  ];
  for (const path of good) {
    test(`${path.slice(0, 40)} (${path.length} units) can stand on a floppy`, () => {
      assert.deepEqual(checkPath(path), []);
    });
  }

  const bad: readonly (readonly [what: string, path: string, issue: RegExp])[] = [
    ["an empty path", "", /^file "": the path is empty; give "Name\.ext" or "dir\/Name\.ext"$/],
    ["a slash at the start", "/a", /^file "\/a": a part between slashes is empty/],
    ["a slash at the end", "a/", /a part between slashes is empty/],
    ["two slashes", "a//b", /a part between slashes is empty/],
    ["a dot", "./a", /"\." is not a name; write the path from the floppy's root$/],
    ["two dots", "a/../b", /"\.\." is not a name/],
    [
      "a backslash",
      "a\\b",
      /^file "a\\b": characters that FAT does not allow in a name, got \\ in "a\\b"; .*forward slashes$/,
    ],
    [
      "a colon and a star",
      "a:b*",
      /got : \* in "a:b\*"; not allowed are < > : " \\ \| \? \* and control characters$/,
    ],
    ["quotes and brackets", '<"a">?|', /got < " > \? \| in /],
    ["a newline", "a\nb", /^file "a\\nb": .* got U\+000A in "a\\nb"/],
    ["DEL", "a\u007fb", /^file "aU\+007Fb": .* got U\+007F in/],
    ["a C1 control character", "a\u0085b", /got U\+0085 in/],
    ["the mark that pads long names", "a\uffffb", /got U\+FFFF in/],
    ["half a surrogate pair", "a\ud83d", /half a surrogate pair, got "a\\ud83d"/],
    ["a dot at the end", "dir./a", /a name ends in a dot or space, got "dir\."; Windows drops it/],
    ["a space at the end", "a ", /a name ends in a dot or space, got "a "/],
    ["three dots", "...", /a name ends in a dot or space, got "\.\.\."/],
    ["CON", "CON", /the name of a device, got "CON"; Windows keeps CON, PRN, AUX, NUL, COM0-9/],
    ["a device in small letters", "dir/nul", /the name of a device, got "nul"/],
    ["a device with an extension", "Aux.txt", /the name of a device, got "Aux\.txt"/],
    ["a device with two extensions", "NUL.tar.gz", /the name of a device, got "NUL\.tar\.gz"/],
    ["a device with a space before the dot", "prn .txt", /the name of a device, got "prn \.txt"/],
    ["a folder named like a device", "COM1/x", /the name of a device, got "COM1"/],
    ["a device with a superscript digit", "lpt³", /the name of a device, got "lpt³"/],
    ["the console's name", "conin$", /the name of a device, got "conin\$"/],
    [
      "a name of 256 units",
      "x".repeat(256),
      /a name is too long, got 256 UTF-16 units in "x{77}\.\.\."; at most 255$/,
    ],
    ["a name of 256 units in 128 characters", "😀".repeat(128), /a name is too long, got 256 UTF-16 units/],
    [
      "a path of 257 units",
      `${"d".repeat(128)}/${"f".repeat(128)}`,
      /the path is too long, got 257 UTF-16 units; at most 256/,
    ],
  ];
  for (const [what, path, issue] of bad) {
    test(`${what} is refused in words`, () => {
      const issues = checkPath(path);
      assert.equal(issues.length, 1, issues.join("\n") || "no issue");
      assert.match(issues[0] ?? "", issue);
    });
  }

  test("every fault of a path is named, each once", () => {
    const issues = checkPath("a:b/nul/a:b/x./..");
    assert.deepEqual(
      issues.map((issue) => issue.replace(/^file "[^"]*": /, "").slice(0, 20)),
      ["characters that FAT ", "the name of a device", "a name ends in a dot", '".." is not a name; '],
    );
  });
});

describe("foldCase", () => {
  const same: readonly (readonly [string, string])[] = [
    ["Setup.EXE", "sETUP.exe"],
    ["ÄÖÜ", "äöü"],
    ["ЖУК", "жук"],
    ["Σς", "σΣ"],
    ["\u212a", "k"],
    ["ſ", "S"],
    ["𐐀", "𐐨"],
  ];
  for (const [one, other] of same) {
    test(`${one} and ${other} are the same`, () => assert.equal(foldCase(one), foldCase(other)));
  }

  const different: readonly (readonly [string, string])[] = [
    ["ß", "ss"],
    ["ä", "a"],
    ["é", "e\u0301"],
    ["ﬁ", "fi"],
  ];
  for (const [one, other] of different) {
    test(`${one} and ${other} differ`, () => assert.notEqual(foldCase(one), foldCase(other)));
  }
});
