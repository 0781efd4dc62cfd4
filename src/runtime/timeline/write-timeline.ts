import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { timelineFiles } from "../../contract/filenames.ts";
import type { Timeline } from "../../contract/timeline.ts";
import { renderTimelineText } from "./render-text.ts";

/** Writes a timeline into a folder, for programs and for people. One that is there already is replaced. */
export async function writeTimeline(folder: string, timeline: Timeline): Promise<void> {
  await writeFile(join(folder, timelineFiles.json), renderTimelineJson(timeline));
  await writeFile(join(folder, timelineFiles.text), renderTimelineText(timeline));
}

/** What stands in timeline.json: a line for each step, because people read it too. */
export function renderTimelineJson({ phases, steps, ...head }: Timeline): string {
  const list = (items: readonly unknown[]): string =>
    items.length === 0 ? "[]" : `[\n${items.map((item) => `    ${JSON.stringify(item)}`).join(",\n")}\n  ]`;
  const lines = Object.entries(head).map(
    ([name, value]) => `  ${JSON.stringify(name)}: ${JSON.stringify(value)}`,
  );
  return `{\n${[...lines, `  "phases": ${list(phases)}`, `  "steps": ${list(steps)}`].join(",\n")}\n}\n`;
}
