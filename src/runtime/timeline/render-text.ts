import type { Timeline, TimelineStep } from "../../contract/timeline.ts";
import { printable } from "../printable.ts";
import { seconds } from "../log.ts";

const barWidth = 60;

/** The timeline as a table with a bar for each step, for a person: `#` is time of a step that ended well, `x` of one that failed, `?` of one that went on. */
export function renderTimelineText(timeline: Timeline): string {
  const rows = [
    ...timeline.phases.map((phase) => ({ ...phase, who: "phase", mark: "=", remark: "" })),
    ...timeline.steps.map((step) => ({ ...step, ...marks[step.outcome] })),
  ].map((row) => [
    seconds(row.startMs),
    seconds(row.endMs - row.startMs),
    row.who,
    `${printable(row.name)}${row.remark}`,
    `|${bar(row, timeline.totalMs)}|`,
  ]);
  const head = ["start", "took", "", "", ` 0${seconds(timeline.totalMs).padStart(barWidth - 1)}`];
  const widths = head.map((cell, column) =>
    Math.max(cell.length, ...rows.map((row) => row[column]?.length ?? 0)),
  );
  const line = (cells: readonly string[]): string =>
    cells
      .map((cell, column) =>
        column < 2 ? cell.padStart(widths[column] ?? 0) : cell.padEnd(widths[column] ?? 0),
      )
      .join("  ")
      .trimEnd();
  const title = `${printable(timeline.title)}: ${seconds(timeline.totalMs)}`;
  return [title, "", line(head), ...rows.map(line), ""].join("\n");
}

/** The three steps that took longest, in one line. */
export function renderLongest({ steps }: Pick<Timeline, "steps">): string {
  const took = ({ startMs, endMs }: TimelineStep): number => endMs - startMs;
  const longest = steps.toSorted((a, b) => took(b) - took(a)).slice(0, 3);
  return `longest: ${longest.map((step) => `${step.who} ${step.name} ${seconds(took(step))}`).join(", ")}`;
}

const marks: Record<TimelineStep["outcome"], { readonly mark: string; readonly remark: string }> = {
  done: { mark: "#", remark: "" },
  failed: { mark: "x", remark: " (failed)" },
  unfinished: { mark: "?", remark: " (unfinished)" },
};

/** At least one mark wide: what took no time has a place all the same. */
function bar(
  { startMs, endMs, mark }: { readonly startMs: number; readonly endMs: number; readonly mark: string },
  totalMs: number,
): string {
  const columnOf = (ms: number): number => Math.round((ms / Math.max(totalMs, 1)) * barWidth);
  const from = Math.min(columnOf(startMs), barWidth - 1);
  const to = Math.min(Math.max(columnOf(endMs), from + 1), barWidth);
  return `${" ".repeat(from)}${mark.repeat(to - from)}`.padEnd(barWidth);
}
