import assert from "node:assert/strict";
import test from "node:test";
import { interleave, ratio, summarize } from "../../tools/bench/measure.ts";

for (const { samples, expected } of [
  { samples: [3], expected: { median: 3, min: 3, max: 3, runs: 1 } },
  { samples: [9, 1, 5], expected: { median: 5, min: 1, max: 9, runs: 3 } },
  { samples: [10, 1, 3, 2], expected: { median: 2.5, min: 1, max: 10, runs: 4 } },
  // As text 10 would come before 9.
  { samples: [10, 9, 100], expected: { median: 10, min: 9, max: 100, runs: 3 } },
]) {
  test(`the summary of ${samples.join(", ")} has the median ${expected.median}`, () => {
    assert.deepEqual(summarize(samples), expected);
  });
}

test("a summary leaves the samples in their order", () => {
  const samples = [3, 1, 2];
  summarize(samples);
  assert.deepEqual(samples, [3, 1, 2]);
});

for (const samples of [[], [1, Number.NaN], [Number.POSITIVE_INFINITY]]) {
  test(`no summary is made of [${samples.join(", ")}]`, () => {
    assert.throws(() => summarize(samples), /at least one finite number/);
  });
}

test("a ratio compares medians, not means", () => {
  assert.equal(ratio(summarize([10, 10, 1000]), summarize([2, 2, 2])), 5);
});

test("ways are measured side by side, and one that sits a round out has fewer samples", async () => {
  const order: string[] = [];
  const way =
    (name: string, rounds: number) =>
    async (round: number): Promise<number | undefined> => {
      if (round >= rounds) return undefined;
      order.push(`${name}${round}`);
      return round + 1;
    };
  const summaryOf = await interleave(3, { a: way("a", 3), b: way("b", 2), c: way("c", 3) });
  assert.deepEqual(order, ["a0", "b0", "c0", "a1", "b1", "c1", "a2", "c2"]);
  assert.deepEqual(summaryOf("a"), { median: 2, min: 1, max: 3, runs: 3 });
  assert.equal(summaryOf("b").runs, 2);
});
