import assert from "node:assert/strict";
import { test } from "node:test";
import { medianTimeline } from "../../tools/bench/cases/run.ts";
import { sample } from "../runtime/timeline/sample.ts";

for (const [totals, want] of [
  [[7], 7],
  [[9, 1, 4], 4],
  [[8, 2, 4, 6], 4],
] as const) {
  test(`of runs of ${totals.join(", ")} ms the one of ${want} is shown`, () => {
    assert.equal(medianTimeline(totals.map((totalMs) => ({ ...sample, totalMs }))).totalMs, want);
  });
}

test("without a run there is no timeline", () => {
  assert.throws(() => medianTimeline([]), /timelines: at least one, got none/);
});
