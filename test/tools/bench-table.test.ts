import assert from "node:assert/strict";
import test from "node:test";
import { atLeast, atMost, faster, number, type Row } from "../../tools/bench/row.ts";
import { renderTable, renderVerdict } from "../../tools/bench/table.ts";

const rows: readonly Row[] = [
  {
    case: "revive",
    what: "revive",
    unit: "s",
    summary: { median: 0.361, min: 0.35, max: 0.4, runs: 5 },
    ratios: ["27.2 times faster than the 2014 way"],
    budget: atLeast(27.2, 25, " times faster"),
    note: "a remark",
  },
  {
    case: "generate",
    what: "a longer name",
    unit: "ms",
    summary: { median: 120, min: 100, max: 1234, runs: 30 },
    budget: atMost(3.4, 3, " times"),
  },
  { case: "run", what: "x", unit: "times", summary: { median: 1.05, min: 1.05, max: 1.05, runs: 1 } },
];

test("the table has a line for each row, with what it is compared with below it", () => {
  assert.deepEqual(renderTable(rows).split("\n"), [
    "what            median    min    max  runs  budget",
    "-------------  -------  -----  -----  ----  -----------------------",
    "revive         0.361 s  0.350  0.400     5  >= 25 times faster: met",
    "    27.2 times faster than the 2014 way",
    "    a remark",
    "a longer name   120 ms    100   1234    30  <= 3 times: MISSED",
    "x                1.05x   1.05   1.05     1",
    "",
  ]);
});

test("the verdict counts budgets and not rows", () => {
  assert.equal(renderVerdict(rows), "1 of 2 budgets met");
});

for (const { value, met } of [
  { value: 0.1, met: true },
  { value: 0.1001, met: false },
]) {
  test(`${value} s ${met ? "meets" : "misses"} a budget of at most 0.1 s`, () => {
    assert.deepEqual(atMost(value, 0.1, " s"), { text: "<= 0.1 s", met });
  });
}

for (const { value, met } of [
  { value: 25, met: true },
  { value: 24.9, met: false },
]) {
  test(`${value} times ${met ? "meets" : "misses"} a budget of at least 25 times`, () => {
    assert.deepEqual(atLeast(value, 25, " times"), { text: ">= 25 times", met });
  });
}

for (const [value, text] of [
  [0.0134, "0.013"],
  [0.36, "0.360"],
  [9.784, "9.78"],
  [28.14, "28.1"],
  [1848.4, "1848"],
] as const) {
  test(`${value} is written as ${text}`, () => {
    assert.equal(number(value), text);
  });
}

test("a ratio says what it is faster than", () => {
  assert.equal(faster(27.17, "cold boot"), "27.2 times faster than cold boot");
});
