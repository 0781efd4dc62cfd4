import assert from "node:assert/strict";
import { test } from "node:test";
import { parseTestCounts } from "../../tools/test-counts.ts";

const closing =
  "ℹ tests 9\nℹ suites 0\nℹ pass 5\nℹ fail 1\nℹ cancelled 1\nℹ skipped 2\nℹ todo 0\nℹ duration_ms 3\n";

test("counts cancelled tests as failed", () => {
  assert.deepEqual(parseTestCounts(closing), { passed: 5, failed: 2, skipped: 2 });
});

test("reads the last closing lines where a test printed some of its own", () => {
  assert.deepEqual(parseTestCounts(`ℹ pass 99\nℹ fail 99\n${closing}`), { passed: 5, failed: 2, skipped: 2 });
});

test("reads coloured lines", () => {
  assert.deepEqual(parseTestCounts("\u001b[34mℹ pass 3\u001b[39m\n\u001b[34mℹ fail 0\u001b[39m\n"), {
    passed: 3,
    failed: 0,
    skipped: 0,
  });
});

test("knows that a linter's output has no counts", () => {
  assert.equal(parseTestCounts("Found 0 warnings and 0 errors.\n"), undefined);
});
