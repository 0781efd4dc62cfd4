import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { checkLabel, labelBytes } from "../../src/floppy/label.ts";

describe("checkLabel", () => {
  for (const label of ["UNATTEND", "Casement_1", "A B-C #1", "ELEVENCHARS"]) {
    test(`${label} is a label`, () => assert.deepEqual(checkLabel(label), []));
  }

  const bad: readonly (readonly [label: string, issue: RegExp])[] = [
    ["", /^floppy label: wrong length, got 0 characters in ""; 1 to 11 are allowed$/],
    [
      "TWELVE CHARS",
      /^floppy label: wrong length, got 12 characters in "TWELVE CHARS"; 1 to 11 are allowed$/,
    ],
    [
      "A.B/C",
      /characters that a label cannot hold, got "\." "\/" in "A\.B\/C"; allowed are A-Z, 0-9, space and !/,
    ],
    ["GRÖSSE", /got "Ö" in "GRÖSSE"/],
    ["A\tB", /got "\\t" in "A\\tB"/],
    [" A", /a space at an end, got " A"; Windows would show another label/],
    ["A ", /a space at an end, got "A "/],
    ["no name", /got "no name", which is how FAT writes that there is no label/],
  ];
  for (const [label, issue] of bad) {
    test(`${JSON.stringify(label)} is refused in words`, () => {
      const issues = checkLabel(label);
      assert.equal(issues.length, 1, issues.join("\n") || "no issue");
      assert.match(issues[0] ?? "", issue);
    });
  }
});

test("labelBytes writes upper case and fills with spaces, as Windows' format does", () => {
  assert.equal(Buffer.from(labelBytes("Unattend")).toString("latin1"), "UNATTEND   ");
});
