import assert from "node:assert/strict";
import { test } from "node:test";
import { showRewritten } from "../../../src/cli/watch/show-rewritten.ts";

const now = new Date(2026, 10, 22, 9, 5, 7);
const report = { written: [], unchanged: ["x"], removed: [] };

test("one line says when, what had changed and what was rewritten", () => {
  assert.equal(showRewritten(["casement.yaml"], report, now), "09:05:07 casement.yaml: up to date");
  assert.equal(
    showRewritten(["casement.yaml", "a.txt"], { ...report, written: ["b", "c"], removed: ["d"] }, now),
    "09:05:07 casement.yaml, a.txt: wrote b, c; removed d",
  );
});
