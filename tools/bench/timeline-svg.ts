import type { Timeline, TimelineStep } from "../../src/contract/timeline.ts";
import { seconds } from "../../src/runtime/log.ts";
import { pixels as round, svgText as text } from "./svg-text.ts";

/* Pixels. The widths of text are guesses with room to spare: whoever shows the picture chooses the font. */
const rowHeight = 20;
const namesWidth = 290;
const barsWidth = 540;
const durationWidth = 110;
const top = 82;

/** The timeline as a picture that reads on light and dark pages, with all text escaped. What failed is said in words too. */
export function renderTimelineSvg(timeline: Timeline): string {
  const { steps, totalMs } = timeline;
  const width = namesWidth + barsWidth + durationWidth;
  const height = top + steps.length * rowHeight + 12;
  const title = `${timeline.title}: ${seconds(totalMs)}`;
  const at = (ms: number): number =>
    namesWidth + Math.round((ms / Math.max(totalMs, 1)) * barsWidth * 10) / 10;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-label="${text(`Timeline of ${title}`)}">`,
    `<style>${style}</style>`,
    `<rect class="page" width="${width}" height="${height}"/>`,
    `<text class="title" x="12" y="22">${text(title)}</text>`,
    ...axis(totalMs, at, height),
    ...timeline.phases.flatMap((phase) => phaseBand(phase, at)),
    ...steps.flatMap((step, row) => stepRow(step, top + row * rowHeight, at)),
    "</svg>",
    "",
  ].join("\n");
}

// Of a lightness that both backgrounds bear; whose a bar is and how it ended is said in words, too.
const style = `
text{font:12px ui-sans-serif,system-ui,sans-serif;fill:#1f2328}
.title{font-weight:600;font-size:14px}.faint{fill:#59636e;font-size:11px}
.page{fill:#fff}.grid{stroke:#d1d9e0}.band{fill:#eaeef2}
.runtime{fill:#8b949e}.guest{fill:#3b82d6}.controller{fill:#d98218}.agent{fill:#2f9e77}
.failed{fill:#d1242f}.unfinished{opacity:.5}
@media (prefers-color-scheme:dark){text{fill:#e6edf3}.faint{fill:#9198a1}.page{fill:#0d1117}.grid{stroke:#30363d}.band{fill:#21262d}}
`;

type Place = (ms: number) => number;

/** A line for every 1, 2 or 5 of a power of ten seconds, nine at most. */
function axis(totalMs: number, at: Place, height: number): string[] {
  const stepMs = tickMs(totalMs);
  const count = Math.floor(totalMs / stepMs) + 1;
  return Array.from({ length: count }, (_, index) => index * stepMs).flatMap((ms) => [
    `<line class="grid" x1="${at(ms)}" x2="${at(ms)}" y1="${top - 14}" y2="${height - 8}"/>`,
    `<text class="faint" x="${at(ms)}" y="${top - 18}" text-anchor="middle">${Number((ms / 1000).toFixed(3))} s</text>`,
  ]);
}

function tickMs(totalMs: number): number {
  const rough = Math.max(totalMs, 1) / 8;
  const power = 10 ** Math.floor(Math.log10(rough));
  return ([1, 2, 5].find((digit) => digit * power >= rough) ?? 10) * power;
}

function phaseBand(phase: Timeline["phases"][number], at: Place): string[] {
  const x = at(phase.startMs);
  const band = Math.max(at(phase.endMs) - x - 1, 1);
  return [
    `<rect class="band" x="${x}" y="32" width="${round(band)}" height="16" rx="2"><title>${text(describe(phase))}</title></rect>`,
    // A name that does not fit would run into the next one.
    ...(band < phase.name.length * 7
      ? []
      : [`<text class="faint" x="${round(x + 4)}" y="44">${text(phase.name)}</text>`]),
  ];
}

function stepRow(step: TimelineStep, y: number, at: Place): string[] {
  const x = at(step.startMs);
  const bar = Math.max(at(step.endMs) - x, 1);
  const kind = step.outcome === "done" ? step.who : `${step.who} ${step.outcome}`;
  const remark = step.outcome === "done" ? "" : ` ${step.outcome}`;
  const took = seconds(step.endMs - step.startMs);
  return [
    `<text class="faint" x="12" y="${y + 14}">${step.who}</text>`,
    `<text x="${namesWidth - 8}" y="${y + 14}" text-anchor="end">${text(shortened(step.name))}</text>`,
    `<rect class="${kind}" x="${x}" y="${y + 3}" width="${round(bar)}" height="14" rx="2"><title>${text(`${step.who}: ${describe(step)}${remark}`)}</title></rect>`,
    `<text class="faint" x="${round(x + bar + 4)}" y="${y + 14}">${took}${remark}</text>`,
  ];
}

function describe({ name, startMs, endMs }: Timeline["phases"][number]): string {
  return `${name}, ${seconds(startMs)} to ${seconds(endMs)}`;
}

/** What fits beside the bars; the bar itself has the whole name. */
function shortened(name: string): string {
  return name.length <= 32 ? name : `${name.slice(0, 31)}…`;
}
