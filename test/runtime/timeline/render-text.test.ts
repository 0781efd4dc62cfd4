import assert from "node:assert/strict";
import { test } from "node:test";
import { renderLongest, renderTimelineText } from "../../../src/runtime/timeline/render-text.ts";
import { assertGolden } from "../../support/golden-text.ts";
import { sample } from "./sample.ts";

test("a timeline is a table with a bar for each step", () => {
  assertGolden(new URL("golden/sample.txt", import.meta.url), renderTimelineText(sample));
});

test("bars stand within the table, also those of no time and at the end", () => {
  const bars = renderTimelineText(sample)
    .split("\n")
    .flatMap((line) => /\|(.*)\|$/.exec(line)?.[1] ?? []);
  assert.equal(bars.length, sample.phases.length + sample.steps.length);
  for (const bar of bars) {
    assert.equal(bar.length, 60);
    assert.match(bar, /[=#x?]/);
  }
});

test("a stage that has just begun has a timeline", () => {
  const empty = { ...sample, totalMs: 0, phases: [], steps: [] };
  assert.match(renderTimelineText(empty), /^run .*: 0\.00 s\n/);
  assert.equal(renderLongest(empty), "longest: ");
});

test("what a name brings along does nothing to the terminal", () => {
  assert.doesNotMatch(renderTimelineText({ ...sample, title: "a\u001B[2J\u0007b" }), /\p{Cc}(?<!\n)/u);
});

test("the log names the three longest, and nothing of the rest", () => {
  assert.equal(
    renderLongest(sample),
    "longest: controller boots 1.2 s, agent runs the command 0.39 s, guest starts QEMU 0.25 s",
  );
});
