import assert from "node:assert/strict";
import { test } from "node:test";
import { type Factors, pairwise } from "./pairwise.ts";

const factors: Factors = {
  letters: ["a", "b", "c"],
  numbers: [1, 2],
  flags: [true, false],
  more: ["p", "q", "r", "s"],
  only: ["x"],
};

test("every two values of two options meet in a case, and there are fewer cases than combinations", () => {
  const cases = pairwise(factors);
  for (const [left, leftValues] of Object.entries(factors)) {
    for (const [right, rightValues] of Object.entries(factors)) {
      if (left === right) continue;
      for (const leftValue of leftValues) {
        for (const rightValue of rightValues) {
          const met = cases.some((each) => each[left] === leftValue && each[right] === rightValue);
          assert.ok(met, `${left} ${String(leftValue)} with ${right} ${String(rightValue)}`);
        }
      }
    }
  }
  // The two largest options need 12; all combinations are 48.
  assert.ok(cases.length >= 12 && cases.length < 20, String(cases.length));
});

test("the same options give the same cases", () => {
  assert.deepEqual(pairwise(factors), pairwise(factors));
});

test("each value of an option alone stands in a case, and no option in one empty case", () => {
  assert.deepEqual(pairwise({ only: ["x", "y"] }), [{ only: "x" }, { only: "y" }]);
  assert.deepEqual(pairwise({}), [{}]);
});

test("an option without a value is refused by its name", () => {
  assert.throws(() => pairwise({ letters: ["a"], nothing: [] }), /nothing has no value/);
});
