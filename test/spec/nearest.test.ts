import assert from "node:assert/strict";
import { test } from "node:test";
import { nearest } from "../../src/spec/nearest.ts";

test("the nearest candidate is found, and none that is far", () => {
  const words = ["release", "edition", "timeZone"];
  assert.equal(nearest("realease", words), "release");
  assert.equal(nearest("timezone", words), "timeZone");
  assert.equal(nearest("memoryMiB", words), undefined);
  assert.equal(nearest("a".repeat(10_000), words), undefined);
});
