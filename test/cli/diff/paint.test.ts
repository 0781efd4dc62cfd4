import assert from "node:assert/strict";
import { stripVTControlCharacters } from "node:util";
import { test } from "node:test";
import { paint } from "../../../src/cli/diff/paint.ts";

test("lines have the colours that diffs have", () => {
  assert.equal(paint({ kind: "added", text: "+a" }), "\u001b[32m+a\u001b[39m");
  assert.equal(paint({ kind: "removed", text: "-a" }), "\u001b[31m-a\u001b[39m");
});

test("a file's control characters cannot act on the terminal; a tab stays, and the end of a line of DOS goes", () => {
  const painted = paint({ kind: "added", text: "+\ta\u001b[2J\u007f\u009b1A\rb\r" });
  assert.equal(stripVTControlCharacters(painted), "+\ta^[[2J^?<9b>1A^Mb");
});
