import assert from "node:assert/strict";
import { test } from "node:test";
import * as fc from "fast-check";
import { diffLines } from "../../src/explain/line-diff.ts";

const someLines = fc.array(fc.constantFrom("a", "b", "c"), { maxLength: 12 });

test("hunks turn one text into the other, and leave alone as many lines as can be", () => {
  fc.assert(
    fc.property(someLines, someLines, (before, after) => {
      const hunks = diffLines(before, after);
      assert.deepEqual(apply(before, after), after);
      const gone = hunks.reduce((sum, { from, to }) => sum + to - from, 0);
      assert.equal(before.length - gone, commonLines(before, after));
    }),
    { numRuns: 500 },
  );
});

test("equal texts have no hunk, and an empty one is one hunk", () => {
  assert.deepEqual(diffLines(["a"], ["a"]), []);
  assert.deepEqual(diffLines([], []), []);
  assert.deepEqual(diffLines([], ["a"]), [{ from: 0, to: 0, first: 0, last: 1 }]);
  assert.deepEqual(diffLines(["a", "b"], []), [{ from: 0, to: 2, first: 0, last: 0 }]);
});

test("texts with nothing in common are one hunk, however long they are", () => {
  const before = Array.from({ length: 3000 }, (_, index) => `before ${index}`);
  const after = Array.from({ length: 3000 }, (_, index) => `after ${index}`);
  assert.deepEqual(diffLines(before, after), [{ from: 0, to: 3000, first: 0, last: 3000 }]);
});

test("two lines far apart in a long text are two hunks", () => {
  const before = Array.from({ length: 20_000 }, (_, index) => `line ${index}`);
  const after = before.with(10, "other").with(19_000, "another");
  assert.deepEqual(diffLines(before, after), [
    { from: 10, to: 11, first: 10, last: 11 },
    { from: 19_000, to: 19_001, first: 19_000, last: 19_001 },
  ]);
});

function apply(before: readonly string[], after: readonly string[]): string[] {
  const result: string[] = [];
  let line = 0;
  for (const { from, to, first, last } of diffLines(before, after)) {
    result.push(...before.slice(line, from), ...after.slice(first, last));
    line = to;
  }
  return [...result, ...before.slice(line)];
}

/** The length of the longest common subsequence, by the book. */
function commonLines(left: readonly string[], right: readonly string[]): number {
  const rest = left.slice(1);
  const [first] = left;
  if (first === undefined) return 0;
  const found = right.indexOf(first);
  const skipped = commonLines(rest, right);
  return found === -1 ? skipped : Math.max(skipped, 1 + commonLines(rest, right.slice(found + 1)));
}
