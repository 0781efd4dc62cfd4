import assert from "node:assert/strict";
import { globSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { parseXml } from "../../src/unattend/parse-xml.ts";
import { concurrencyFigures, concurrencyPlots } from "../../tools/bench/plots/concurrency.ts";
import { drawPlots, plotsFolder } from "../../tools/bench/plots/draw.ts";
import { type Plot, pointOf } from "../../tools/bench/plots/plot.ts";
import { renderPlotSvg } from "../../tools/bench/plots/plot-svg.ts";
import { linearTicks, shortNumber } from "../../tools/bench/plots/ticks.ts";
import { assertGolden } from "../support/golden-text.ts";
import { makeTempFolder } from "../support/temp-folder.ts";

const sample: Plot = {
  title: "How long it takes",
  measured: ["On a machine.", "Once."],
  x: { label: "memory, MiB", scale: "log2" },
  y: { label: "time, s" },
  series: [
    {
      name: "first",
      points: [
        { x: 4096, median: 0.42, min: 0.4, max: 0.61, runs: 5 },
        { x: 512, median: 0.4, min: 0.38, max: 0.5, runs: 5 },
      ],
    },
    { name: "second", points: [{ x: 1024, median: 0.2, min: 0.2, max: 0.2, runs: 1 }] },
  ],
};

test("a plot is drawn as a picture", () => {
  assertGolden(new URL("golden/plot.svg", import.meta.url), renderPlotSvg(sample));
});

test("every mark and whisker stands inside of the frame, on both scales", () => {
  for (const scale of ["log2", "linear"] as const) {
    const svg = renderPlotSvg({ ...sample, x: { label: "x", scale } });
    const [, width = "", height = ""] = /width="(\d+)" height="(\d+)" role/.exec(svg) ?? [];
    const marks = [...svg.matchAll(/<circle class="s0" cx="([\d.]+)" cy="([\d.]+)" r="4"><title>/g)];
    assert.equal(marks.length, 2);
    for (const [mark, x, y] of marks)
      assert.ok(Number(x) >= 74 && Number(x) < Number(width) && Number(y) < Number(height), mark);
    assert.doesNotMatch(svg, /NaN|Infinity/);
  }
});

test("one point, and nothing but zeros, are drawn without a number that is none", () => {
  const series = [{ name: "zero", points: [{ x: 0, median: 0, min: 0, max: 0, runs: 1 }] }];
  for (const plot of [{ ...sample, series, x: { label: "x", scale: "linear" as const } }]) {
    assert.doesNotMatch(renderPlotSvg(plot), /NaN|Infinity/);
  }
});

test("what a name brings along is text and nothing else", () => {
  const nasty = `<script>"&'\u0000\u001B[2J\uFFFF\uD800 ünï語</script>`;
  const svg = renderPlotSvg({
    ...sample,
    title: nasty,
    measured: [nasty],
    x: { ...sample.x, label: nasty },
    y: { label: nasty },
    series: sample.series.map((series) => ({ ...series, name: nasty })),
  });
  assert.doesNotMatch(svg, /<script|\p{Cc}(?<!\n)/u);
  assert.equal(parseXml(svg).name, "svg");
});

for (const { maximum, want } of [
  { maximum: 0.61, want: [0, 0.2, 0.4, 0.6, 0.8] },
  { maximum: 6, want: [0, 1, 2, 3, 4, 5, 6] },
  { maximum: 8192, want: [0, 2000, 4000, 6000, 8000, 10_000] },
  { maximum: 0, want: [0, 1] },
]) {
  test(`the ticks for ${maximum} begin at 0 and end behind it`, () => {
    assert.deepEqual(linearTicks(maximum, 6), want);
  });
}

test("numbers are short, and their thousands apart", () => {
  assert.deepEqual([0.30000000000000004, 4096, 12_500].map(shortNumber), ["0.3", "4096", "12 500"]);
});

test("what the case of concurrent runs leaves becomes three pictures", () => {
  const row = {
    concurrency: 2,
    seconds: [2, 3, 4],
    runsPerMinute: 40,
    privateMB: [150, 152],
    translatedMB: [40],
    pssMB: [340],
  };
  const figures = { measured: ["once"], rows: [row, { ...row, concurrency: 4 }] };
  const plots = concurrencyPlots(concurrencyFigures.parse(figures));
  assert.deepEqual(Object.keys(plots), ["concurrency-time", "concurrency-throughput", "concurrency-memory"]);
  assert.deepEqual(plots["concurrency-time"]?.series[0]?.points[0], {
    x: 2,
    median: 3,
    min: 2,
    max: 4,
    runs: 3,
  });
  assert.equal(plots["concurrency-memory"]?.series[2]?.points[0]?.median, 170);
  assert.throws(() => concurrencyFigures.parse({ ...figures, rows: [] }));
});

test("a folder's figures are drawn by their files' names", async () => {
  await using folder = await makeTempFolder();
  writeFileSync(join(folder.path, "a.json"), JSON.stringify(sample));
  assert.deepEqual([...drawPlots(folder.path)], [["a.svg", renderPlotSvg(sample)]]);
  writeFileSync(join(folder.path, "b.json"), JSON.stringify({ ...sample, series: [] }));
  assert.throws(() => drawPlots(folder.path));
});

test("points keep four digits", () => {
  const summary = { median: 0.123456, min: 0.1, max: 1234.56, runs: 5 };
  assert.deepEqual(pointOf(1, summary), { x: 1, median: 0.1235, min: 0.1, max: 1235, runs: 5 });
});

test("the pictures in docs/plots are what their figures are drawn as (npm run docs draws them anew)", () => {
  const drawn = drawPlots(plotsFolder);
  assert.deepEqual([...drawn.keys()].toSorted(), globSync("*.svg", { cwd: plotsFolder }).toSorted());
  for (const [file, svg] of drawn) assert.equal(readFileSync(join(plotsFolder, file), "utf8"), svg, file);
});
