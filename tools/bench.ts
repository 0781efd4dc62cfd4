// npm run bench: what casement costs and gains, on the stand-in; docs/benchmark.md explains the rows.
import { writeFile } from "node:fs/promises";
import type { Timeline } from "../src/contract/timeline.ts";
import { renderTimelineText } from "../src/runtime/timeline/render-text.ts";
import { renderTimelineJson } from "../src/runtime/timeline/write-timeline.ts";
import { describeMachine, loadNow, renderAbout } from "./bench/about.ts";
import { benchConcurrent } from "./bench/cases/concurrent.ts";
import { benchFrozenGuests } from "./bench/cases/frozen-guests.ts";
import { benchGenerate } from "./bench/cases/generate.ts";
import { benchGrowth } from "./bench/cases/growth.ts";
import { benchRegistration } from "./bench/cases/registration.ts";
import { benchShare } from "./bench/cases/share.ts";
import { benchRun } from "./bench/cases/run.ts";
import { benchWatch } from "./bench/cases/watch.ts";
import { openContext } from "./bench/context.ts";
import type { Parts } from "./bench/machines.ts";
import { type BenchOptions, parseOptions, usage } from "./bench/options.ts";
import { captionOf, saveFigures } from "./bench/plots/save.ts";
import { openProject } from "./bench/project.ts";
import type { Row } from "./bench/row.ts";
import { buildStandIn } from "./bench/stand-in.ts";
import { renderTable, renderVerdict } from "./bench/table.ts";
import { renderTimelineSvg } from "./bench/timeline-svg.ts";

async function main(): Promise<number> {
  let options: BenchOptions | "help";
  try {
    options = parseOptions(process.argv.slice(2));
  } catch (error) {
    process.stderr.write(`bench: ${error instanceof Error ? error.message : String(error)}\n`);
    return 64;
  }
  if (options === "help") {
    process.stdout.write(usage);
    return 0;
  }
  const loadBefore = loadNow();
  const { rows, parts, timeline } = await measure(options);
  const about = await describeMachine(parts, loadBefore);
  if (timeline !== undefined && options.svg !== undefined) {
    await writeFile(options.svg, renderTimelineSvg(timeline));
    await writeFile(options.svg.replace(/svg$/, "json"), renderTimelineJson(timeline));
  }
  if (options.json)
    process.stdout.write(`${JSON.stringify({ version: 1, about, rows, timeline }, null, 2)}\n`);
  else {
    process.stdout.write(`\n${renderAbout(about)}\n${renderTable(rows)}\n${renderVerdict(rows)}.\n`);
    if (timeline !== undefined)
      process.stdout.write(`\nThe median of the runs, by the runtime:\n\n${renderTimelineText(timeline)}`);
  }
  return 0;
}

interface Measured {
  readonly rows: Row[];
  readonly parts: Parts | undefined;
  readonly timeline: Timeline | undefined;
}

async function measure({ only, runs, plots }: BenchOptions): Promise<Measured> {
  await using context = await openContext(runs);
  const rows: Row[] = [];
  let parts: Parts | undefined;
  let timeline: Timeline | undefined;
  if (only.some((name) => name !== "generate")) {
    const project = await openProject(context, "project");
    parts = await buildStandIn(context, project);
    if (only.some((name) => ["revive", "freeze", "memory", "size", "transfer"].includes(name)))
      rows.push(...(await benchFrozenGuests(parts, context, only)));
    if (only.includes("freeze")) rows.push(...(await benchRegistration(context)));
    if (only.includes("concurrent")) {
      const before = loadNow();
      const measured = await benchConcurrent(context, project);
      rows.push(...measured.rows);
      const caption = captionOf(await describeMachine(parts, before));
      if (plots !== undefined)
        await saveFigures(plots, { concurrency: { measured: caption, rows: measured.concurrency } });
    }
    if (only.includes("run")) {
      const measured = await benchRun(context, project);
      rows.push(...measured.rows);
      timeline = measured.timeline;
    }
    if (only.includes("share")) rows.push(...(await benchShare(context, project, parts)));
    if (only.includes("growth")) rows.push(...(await benchGrowth(context, { parts, project }, plots)));
  }
  if (only.includes("generate")) rows.push(...(await benchGenerate(context)), ...(await benchWatch(context)));
  return { rows, parts, timeline };
}

try {
  process.exitCode = await main();
} catch (error) {
  process.stderr.write(`bench: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  process.exitCode = 1;
}
// A socket of a machine that was ended must not keep a finished bench waiting.
process.exit();
