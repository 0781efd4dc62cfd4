import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { ticksOfStat } from "../../../src/runtime/qemu/measures.ts";

test("counts fields after a name with blanks and brackets", () => {
  const stat = `77 (CPU 0/TCG) x) R 1 2 3 4 5 6 7 8 9 10 120 30 0 0 20 0 1`;
  assert.equal(ticksOfStat(stat), 150);
});

test("reads this process's own line, and nothing of a thread that is gone", () => {
  const end = performance.now() + 60;
  while (performance.now() < end);
  assert.ok(ticksOfStat(readFileSync("/proc/self/stat", "utf8")) > 0);
  assert.equal(ticksOfStat(""), 0);
});
