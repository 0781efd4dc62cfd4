import assert from "node:assert/strict";
import { test } from "node:test";
import { parse } from "yaml";
import { replaceScalar } from "../../src/spec/replace-scalar.ts";
import { hostileStrings } from "../text/hostile.ts";

const text = "# head\nname:   old  # of the machine\n\nwindows: { release: 'x', list: [ 1 ] } # flow\n";

test("one scalar is another, and every other byte stays", () => {
  assert.equal(replaceScalar(text, ["name"], "new"), text.replace("old", "new"));
  assert.equal(replaceScalar(text, ["windows", "release"], "y"), text.replace("'x'", "y"));
});

test("any text comes back as it was", () => {
  for (const value of [
    ...hostileStrings,
    "null",
    "12",
    "~",
    "",
    "a: b",
    "- a",
    "2001-01-01",
    "0x1",
    "a #b",
  ]) {
    const replaced = replaceScalar(text, ["name"], value);
    assert.deepEqual(parse(replaced), { name: value, windows: { release: "x", list: [1] } });
  }
});

test("a place without a scalar is casement's own fault", () => {
  for (const path of [["none"], ["windows"], ["windows", "list"]]) {
    assert.throws(() => replaceScalar(text, path, "x"), { name: "InternalError" });
  }
});
