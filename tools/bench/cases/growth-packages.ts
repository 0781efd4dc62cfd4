import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { run } from "../../../src/process/run.ts";
import type { BenchContext } from "../context.ts";
import { interleave, ratio, type Summary, summarize, timed } from "../measure.ts";
import { type Plot, pointOf } from "../plots/plot.ts";
import { atMost, number, type Row } from "../row.ts";
import { sampleList, sampleNames } from "../sample-list.ts";
import type { Growth } from "./growth.ts";

const start = join(import.meta.dirname, "../../../src/cli/start.mjs");

/** A spec takes 500. */
const counts = [25, 50, 100, 200, 400] as const;

/** `casement generate` as a whole process over the packages that the spec names, and how many these are with all that they need. */
export async function benchGrowingPackages(context: BenchContext): Promise<Growth> {
  const folder = join(context.folder, "packages");
  await mkdir(folder);
  const list = join(folder, "setup.ini");
  await writeFile(list, sampleList());
  const projects = [];
  for (const count of counts) projects.push(await lockProject(context, { folder, list, count }));
  context.say("generate: over the packages of the spec, in turn");
  const summaryOf = await interleave(
    context.runs,
    Object.fromEntries(
      projects.flatMap(({ count, casement, out }) => [
        [
          `first ${count}`,
          async () => {
            await rm(out, { recursive: true });
            return timed(() => casement("generate"));
          },
        ],
        [`unchanged ${count}`, () => timed(() => casement("generate"))],
      ]),
    ),
  );
  const measured = projects.map(({ count, closure }) => ({
    count,
    closure,
    first: summaryOf(`first ${count}`),
    unchanged: summaryOf(`unchanged ${count}`),
  }));
  return { rows: rowsOf(measured), plots: plotsOf(measured) };
}

async function lockProject(
  context: BenchContext,
  { folder, list, count }: { readonly folder: string; readonly list: string; readonly count: number },
) {
  const cwd = join(folder, `${count}`);
  await mkdir(cwd);
  const spec = {
    name: "growth",
    windows: { release: "windows-10-22h2" },
    account: { password: "Casement-Demo-1" },
    cygwin: { packages: sampleNames(count) },
  };
  await writeFile(join(cwd, "casement.json"), JSON.stringify(spec));
  const env = { XDG_CACHE_HOME: join(context.folder, "cache") };
  const casement = (...args: readonly string[]): Promise<unknown> =>
    run({ file: process.execPath, args: [start, ...args], cwd, env }, { signal: context.vitals.signal });
  // Any file will do for the setup program: nothing is installed.
  await casement("lock", "--setup-ini", list, "--setup-program", start);
  await casement("generate");
  const lock: unknown = JSON.parse(await readFile(join(cwd, "cygwin.lock.json"), "utf8"));
  const { packages } = z.object({ packages: z.array(z.unknown()) }).parse(lock);
  return { count, closure: packages.length, casement, out: join(cwd, "casement") };
}

interface Measured {
  readonly count: number;
  readonly closure: number;
  readonly first: Summary;
  readonly unchanged: Summary;
}

function rowsOf(measured: readonly Measured[]): Row[] {
  const at = (count: number): Measured => {
    const found = measured.find((each) => each.count === count);
    if (found === undefined) throw new Error(`${count} packages were not measured`);
    return found;
  };
  const [few, hundred, many, most] = [at(25), at(100), at(200), at(400)];
  return [
    {
      case: "growth",
      what: "generate, into an empty folder, 200 packages",
      unit: "ms",
      summary: many.first,
      ratios: [
        `${number(ratio(many.first, few.first))} times 25 packages; 400 are ${number(ratio(most.first, hundred.first))} times 100`,
      ],
      // Four times the packages, and a quarter more for noise: less than linear by what every process costs.
      budget: atMost(ratio(most.first, hundred.first), 5, " times for 4 times the packages"),
      note: `with what they need ${measured.map((each) => each.closure).join(", ")} packages for ${measured.map((each) => each.count).join(", ")}: ${measured.map((each) => number(each.first.median)).join(", ")} ms`,
    },
    {
      case: "growth",
      what: "  the same, unchanged",
      unit: "ms",
      summary: many.unchanged,
      note: `in turn: ${measured.map((each) => number(each.unchanged.median)).join(", ")} ms`,
    },
  ];
}

function plotsOf(measured: readonly Measured[]): Record<string, Plot> {
  const x = {
    label: "packages of Cygwin that the spec names (of a made-up list of 9000)",
    scale: "linear",
  } as const;
  const series = (name: string, of: (each: Measured) => Summary) => ({
    name,
    points: measured.map((each) => pointOf(each.count, of(each))),
  });
  return {
    "closure-over-packages": {
      title: "Packages with all that they need over packages that the spec names",
      measured: [],
      x,
      y: { label: "packages in cygwin.lock.json" },
      series: [series("resolved by casement lock", ({ closure }) => summarize([closure]))],
    },
    "generate-over-packages": {
      title: "Time of casement generate, a whole process, over the packages of the spec",
      measured: [],
      x,
      y: { label: "time, ms" },
      series: [
        series("into an empty folder", ({ first }) => first),
        series("nothing has changed", ({ unchanged }) => unchanged),
      ],
    },
  };
}
