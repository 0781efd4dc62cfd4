import assert from "node:assert/strict";
import { stripVTControlCharacters } from "node:util";
import { test } from "node:test";
import { paint } from "../../../src/cli/diff/paint.ts";

test("lines have the colours that diffs have", () => {
  assert.equal(paint({ kind: "added", text: "+a" }, true), "\u001b[32m+a\u001b[39m");
  assert.equal(paint({ kind: "removed", text: "-a" }, true), "\u001b[31m-a\u001b[39m");
});

test("a file's control characters cannot act on the terminal; a tab stays, and the end of a line of DOS goes", () => {
  const line = { kind: "added", text: "+\ta\u001b[2J\u007f\u009b1A\rb\r" } as const;
  assert.equal(paint(line, false), "+\ta^[[2J^?<9b>1A^Mb");
  assert.equal(stripVTControlCharacters(paint(line, true)), paint(line, false));
});
