import assert from "node:assert/strict";
import { test } from "node:test";
import { printable } from "../../src/runtime/printable.ts";

for (const [title, text, want] of [
  ["colours and the cursor go", "\u001B[2J\u001B[1;31mred\u001B[0m", "red"],
  ["a carriage return, a bell and a title are blanks", "a\rb\u0007c\u001B]0;t\u0007", "a b c ]0;t "],
  ["C1 counts too", "\u009B31mred", " 31mred"],
  ["lines and indentation stay", "  a\n[guest] b\n", "  a\n[guest] b\n"],
  ["letters of every script stay", "ünï–語", "ünï–語"],
] as const) {
  test(`what a guest says can be shown: ${title}`, () => {
    assert.equal(printable(text), want);
  });
}
