import { mkdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Timeline } from "../../../src/contract/timeline.ts";
import type { BenchContext } from "../context.ts";
import { interleave, summarize, timed } from "../measure.ts";
import type { Project } from "../project.ts";
import { atMost, number, type Row } from "../row.ts";
import { prepareRuns } from "../whole-run.ts";

/** A whole run: nothing is running, `uname -a` is collected; by the runtime alone, with the timeline of its median run, and by Nix. */
export async function benchRun(
  context: BenchContext,
  project: Project,
): Promise<{ readonly rows: Row[]; readonly timeline: Timeline }> {
  context.say("run: builds the snapshot where it is not there yet, and a first run");
  await project.build("windows^*");
  const [first = ""] = (await project.build("fresh")).paths;
  const expected = await readUname(first);
  const folder = join(context.folder, "run");
  await mkdir(folder);
  const start = await prepareRuns(context, project, folder);
  const script = 'uname -a >"$out/uname.txt"\n';
  const check = async (out: string): Promise<void> => {
    const got = await readUname(out);
    if (got !== expected)
      throw new Error(`a run brought back another uname, got '${got}', wanted '${expected}'`);
  };
  const inside: number[] = [];
  const timelines: Timeline[] = [];
  const summaryOf = await interleave(context.runs, {
    async runtime(round) {
      const out = join(folder, `out-${round}`);
      const ms = await timed(async () => timelines.push(await start({ script, out })));
      await check(out);
      context.say(`run: the runtime alone ${number(ms / 1000)} s`);
      return ms / 1000;
    },
    async evaluation() {
      await project.renew();
      return (await timed(() => project.text("fresh.drvPath"))) / 1000;
    },
    async nix() {
      await project.renew();
      const started = performance.now();
      const { paths, log } = await project.build("fresh");
      const ms = performance.now() - started;
      await check(paths[0] ?? "");
      inside.push(readRunSeconds(log));
      context.say(`run: by nix build ${number(ms / 1000)} s`);
      return ms / 1000;
    },
  });
  const runtime = summaryOf("runtime");
  const row = { case: "run", unit: "s" } as const;
  const rows = [
    {
      ...row,
      what: "run, nothing running -> uname -a collected (runtime)",
      summary: runtime,
      budget: atMost(runtime.median, 1.5, " s under TCG"),
      note: `it brought back: ${expected}`,
    },
    { ...row, what: "  the same by nix build of a new derivation", summary: summaryOf("nix") },
    { ...row, what: "  of which the runtime says it took", summary: summarize(inside) },
    { ...row, what: "  evaluation alone (nix eval of the drvPath)", summary: summaryOf("evaluation") },
  ];
  return { rows, timeline: medianTimeline(timelines) };
}

/** The one that took a middling time; of two, the shorter. Throws for none. */
export function medianTimeline(timelines: readonly Timeline[]): Timeline {
  const sorted = timelines.toSorted((a, b) => a.totalMs - b.totalMs);
  const median = sorted[Math.floor((sorted.length - 1) / 2)];
  if (median === undefined) throw new RangeError("timelines: at least one, got none");
  return median;
}

/** Seconds that the run stage itself took, as the last line of its log says. */
export function readRunSeconds(log: string): number {
  const seconds = /run \S+: done in ([\d.]+) s/.exec(log)?.[1];
  if (seconds === undefined) throw new Error(`the log of the run does not say how long it took:\n${log}`);
  return Number(seconds);
}

async function readUname(out: string): Promise<string> {
  const text = (await readFile(join(out, "uname.txt"), "utf8")).trim();
  if (text === "") throw new Error(`${out}/uname.txt is empty`);
  return text;
}
