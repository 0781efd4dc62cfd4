import { pixels, svgText } from "../svg-text.ts";
import { linearTicks, shortNumber } from "./ticks.ts";
import type { Plot, Point, Series } from "./plot.ts";

/* Pixels. */
const width = 720;
const [left, right, plotHeight] = [74, 24, 270];
const lineHeight = 15;

/** The plot as a picture that reads on light and dark pages: medians joined by lines, and a whisker from minimum to maximum for each. */
export function renderPlotSvg(plot: Plot): string {
  const frame = frameOf(plot);
  const { top, bottom, height } = frame;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-label="${svgText(plot.title)}">`,
    `<style>${style}</style>`,
    `<rect class="page" width="${width}" height="${height}"/>`,
    `<text class="title" x="12" y="22">${svgText(plot.title)}</text>`,
    ...plot.measured.map(
      (line, index) => `<text class="faint" x="12" y="${40 + index * lineHeight}">${svgText(line)}</text>`,
    ),
    ...legend(plot.series, top - 14),
    ...yAxis(frame),
    ...xAxis(frame),
    `<text class="faint" x="${(left + width - right) / 2}" y="${bottom + 36}" text-anchor="middle">${svgText(plot.x.label)}</text>`,
    `<text class="faint" transform="translate(16 ${(top + bottom) / 2}) rotate(-90)" text-anchor="middle">${svgText(plot.y.label)}</text>`,
    ...plot.series.flatMap((series, index) => drawSeries(series, index, frame)),
    "</svg>",
    "",
  ].join("\n");
}

// Of a lightness that both backgrounds bear; series differ in their marks, too.
const style = `
text{font:12px ui-sans-serif,system-ui,sans-serif;fill:#1f2328}
.title{font-weight:600;font-size:14px}.faint{fill:#59636e;font-size:11px}
.page{fill:#fff}.grid{stroke:#d1d9e0}.axis{stroke:#59636e}
.s0{stroke:#3b82d6;fill:#3b82d6}.s1{stroke:#d98218;fill:#d98218}.s2{stroke:#2f9e77;fill:#2f9e77}.s3{stroke:#a371d9;fill:#a371d9}
.line{fill:none;stroke-width:1.5}.whisker{fill:none;opacity:.7}
@media (prefers-color-scheme:dark){text{fill:#e6edf3}.faint{fill:#9198a1}.page{fill:#0d1117}.grid{stroke:#30363d}.axis{stroke:#9198a1}}
`;

interface Frame {
  readonly top: number;
  readonly bottom: number;
  readonly height: number;
  readonly xTicks: readonly number[];
  readonly yTicks: readonly number[];
  readonly atX: (value: number) => number;
  readonly atY: (value: number) => number;
}

function frameOf({ measured, series, x }: Plot): Frame {
  const points = series.flatMap((each) => each.points);
  const values = [...new Set(points.map((point) => point.x))].toSorted((a, b) => a - b);
  const yTicks = linearTicks(Math.max(...points.map((point) => point.max)), 6);
  const isLog = x.scale === "log2";
  // On a scale of doublings the values that were measured are the ticks.
  const xTicks = isLog ? values : linearTicks(values.at(-1) ?? 0, 8);
  const place = isLog ? Math.log2 : (value: number): number => value;
  const [first, last] = isLog ? [place(values[0] ?? 1), place(values.at(-1) ?? 1)] : [0, xTicks.at(-1) ?? 1];
  // The first and the last mark of a scale without a zero stand off from the edges.
  const inset = isLog ? 30 : 0;
  const span = width - left - right - 2 * inset;
  const top = 40 + measured.length * lineHeight + 30;
  const bottom = top + plotHeight;
  return {
    top,
    bottom,
    height: bottom + 50,
    xTicks,
    yTicks,
    atX: (value) =>
      pixels(left + inset + (last === first ? span / 2 : ((place(value) - first) / (last - first)) * span)),
    atY: (value) => pixels(bottom - (value / (yTicks.at(-1) ?? 1)) * plotHeight),
  };
}

function yAxis({ yTicks, atY }: Frame): string[] {
  return yTicks.flatMap((tick) => [
    `<line class="${tick === 0 ? "axis" : "grid"}" x1="${left}" x2="${width - right}" y1="${atY(tick)}" y2="${atY(tick)}"/>`,
    `<text class="faint" x="${left - 8}" y="${pixels(atY(tick) + 4)}" text-anchor="end">${shortNumber(tick)}</text>`,
  ]);
}

function xAxis({ xTicks, atX, bottom }: Frame): string[] {
  return xTicks.flatMap((tick) => [
    `<line class="axis" x1="${atX(tick)}" x2="${atX(tick)}" y1="${bottom}" y2="${bottom + 5}"/>`,
    `<text class="faint" x="${atX(tick)}" y="${bottom + 18}" text-anchor="middle">${shortNumber(tick)}</text>`,
  ]);
}

function legend(series: readonly Series[], y: number): string[] {
  let x = left;
  return series.flatMap((each, index) => {
    const name = `${each.name} (${countsOf(each)})`;
    const entry = [
      mark(index, pixels(x + 5), y - 4),
      `<text class="faint" x="${pixels(x + 15)}" y="${y}">${svgText(name)}</text>`,
    ];
    // A guess with room to spare: whoever shows the picture chooses the font.
    x += 40 + name.length * 6.5;
    return entry;
  });
}

/** Such as "5 runs", or "5 to 15 runs" where points differ. */
function countsOf({ points }: Series): string {
  const counts = points.map(({ runs }) => runs);
  const [least, most] = [Math.min(...counts), Math.max(...counts)];
  return least === most ? `${most} ${most === 1 ? "run" : "runs"}` : `${least} to ${most} runs`;
}

function drawSeries({ name, points }: Series, index: number, { atX, atY }: Frame): string[] {
  const sorted = points.toSorted((a, b) => a.x - b.x);
  const line = sorted.map(({ x, median }) => `${atX(x)},${atY(median)}`).join(" ");
  return [
    `<polyline class="line s${index % 4}" points="${line}"/>`,
    ...sorted.flatMap((point) => [
      whisker(index, atX(point.x), atY(point.min), atY(point.max)),
      mark(index, atX(point.x), atY(point.median), describe(name, point)),
    ]),
  ];
}

function whisker(index: number, x: number, low: number, high: number): string {
  const cap = (y: number): string => `M${pixels(x - 4)} ${y}h8`;
  return `<path class="whisker s${index % 4}" d="M${x} ${low}V${high}${cap(low)}${cap(high)}"/>`;
}

/** A circle, a square, a diamond, a triangle. */
function mark(index: number, x: number, y: number, title?: string): string {
  const [a, b, c] = [pixels(y - 4), pixels(x - 4), pixels(x)];
  const shapes = [
    `<circle class="s0" cx="${x}" cy="${y}" r="4"`,
    `<path class="s1" d="M${b} ${a}h8v8h-8z"`,
    `<path class="s2" d="M${c} ${pixels(y - 5)}l5 5l-5 5l-5 -5z"`,
    `<path class="s3" d="M${c} ${pixels(y - 5)}l5 9h-10z"`,
  ];
  const shape = shapes[index % 4] ?? "";
  return title === undefined
    ? `${shape}/>`
    : `${shape}><title>${svgText(title)}</title></${shape.slice(1, shape.indexOf(" "))}>`;
}

function describe(name: string, { x, median, min, max, runs }: Point): string {
  return `${name}, at ${shortNumber(x)}: ${median} (${min} to ${max}, of ${runs})`;
}
