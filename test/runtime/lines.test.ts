import assert from "node:assert/strict";
import { test } from "node:test";
import { createLineSplitter } from "../../src/runtime/lines.ts";

const push = (splitter: ReturnType<typeof createLineSplitter>, text: string) =>
  splitter.push(Buffer.from(text));

test("cuts at LF and CR LF, and keeps what is unfinished", () => {
  const splitter = createLineSplitter();
  assert.deepEqual(push(splitter, "a\r\nb\n\nc"), ["a", "b", ""]);
  assert.deepEqual(push(splitter, "d\r"), []);
  assert.equal(splitter.rest(), "cd\r");
  assert.deepEqual(push(splitter, "\n"), ["cd"]);
});

test("a line without end comes out in parts and does not fill the memory", () => {
  const splitter = createLineSplitter(4);
  assert.deepEqual(push(splitter, "abcdef"), ["abcdef"]);
  assert.deepEqual(push(splitter, "g\n"), ["g"]);
});
