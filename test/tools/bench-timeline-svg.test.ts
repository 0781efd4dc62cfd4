import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { timelineSchema } from "../../src/contract/timeline.ts";
import { renderTimelineJson } from "../../src/runtime/timeline/write-timeline.ts";
import { parseXml } from "../../src/unattend/parse-xml.ts";
import { renderTimelineSvg } from "../../tools/bench/timeline-svg.ts";
import { sample } from "../runtime/timeline/sample.ts";
import { assertGolden } from "../support/golden-text.ts";

test("a timeline is drawn as a picture", () => {
  assertGolden(new URL("golden/timeline.svg", import.meta.url), renderTimelineSvg(sample));
});

const nasty = `<script>"&'\u0000\u001B[2J\uFFFF\uD800 ünï語</script>`;

test("what a name brings along is text and nothing else", () => {
  const step = { name: nasty, who: "guest", startMs: 0, endMs: 1, outcome: "failed" } as const;
  const svg = renderTimelineSvg({
    ...sample,
    title: nasty,
    steps: [step],
    phases: [{ name: nasty, startMs: 0, endMs: 2000 }],
  });
  assert.doesNotMatch(svg, /<script|\p{Cc}(?<!\n)/u);
  const document = parseXml(svg);
  assert.equal(document.name, "svg");
});

test("a run of no time is drawn without a number that is none", () => {
  const steps = sample.steps.map((step) => ({ ...step, startMs: 0, endMs: 0 }));
  assert.doesNotMatch(renderTimelineSvg({ ...sample, totalMs: 0, phases: [], steps }), /NaN|Infinity/);
});

test("every bar stands inside of the picture", () => {
  const svg = renderTimelineSvg(sample);
  const bars = [
    ...svg.matchAll(
      /<rect class="(?:runtime|guest|controller|agent)[^"]*" x="([\d.]+)" y="([\d.]+)" width="([\d.]+)"/g,
    ),
  ];
  assert.ok(bars.length >= sample.steps.length);
  const [, width = "", height = ""] = /width="(\d+)" height="(\d+)" role/.exec(svg) ?? [];
  for (const [bar, x, y, barWidth] of bars) {
    assert.ok(Number(x) + Number(barWidth) <= Number(width) && Number(y) < Number(height), bar);
  }
});

for (const name of ["run-timeline", "run-timeline-booted"]) {
  test(`the picture docs/${name}.svg is what its figures are drawn as`, () => {
    const docs = new URL("../../docs/", import.meta.url);
    const text = readFileSync(new URL(`${name}.json`, docs), "utf8");
    const timeline = timelineSchema.parse(JSON.parse(text));
    assert.equal(renderTimelineJson(timeline), text);
    assertGolden(new URL(`${name}.svg`, docs), renderTimelineSvg(timeline));
  });
}
