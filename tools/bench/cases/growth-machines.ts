import { rm } from "node:fs/promises";
import type { BenchContext } from "../context.ts";
import { freezeOnce, type Revivable } from "../freeze-once.ts";
import { describeSize, type Size } from "../frozen.ts";
import { overlayOf, revive } from "../guests.ts";
import { type Lab, openLab, type Parts } from "../machines.ts";
import { interleave, ratio, type Summary, summarize } from "../measure.ts";
import { type Plot, pointOf } from "../plots/plot.ts";
import { atMost, number, type Row } from "../row.ts";
import type { Growth } from "./growth.ts";
import { measureOneMore } from "./memory.ts";

/** Half a second on a machine that others use needs more samples than a boot. */
const samplesPerRun = 3;

/** Which sizes are measured, and how their picture is called. */
interface Course {
  readonly name: string;
  /** As it reads after "over". */
  readonly over: string;
  readonly sizes: readonly Size[];
  readonly x: Plot["x"];
  readonly xOf: (size: Size) => number;
}

const overRam: Course = {
  name: "ram",
  over: "the guest's memory",
  sizes: [512, 1024, 2048, 4096, 8192].map((memoryMiB) => ({ memoryMiB, dirtyMB: 200 })),
  x: { label: "memory of the guest, MiB (200 MB of it dirtied)", scale: "log2" },
  xOf: ({ memoryMiB }) => memoryMiB,
};

const overDirty: Course = {
  name: "dirty",
  over: "dirtied memory",
  sizes: [100, 400, 800, 1600, 3000].map((dirtyMB) => ({ memoryMiB: 4096, dirtyMB })),
  x: { label: "dirtied memory of a guest with 4096 MiB, MB", scale: "linear" },
  xOf: ({ dirtyMB }) => dirtyMB,
};

/** Revive time, and what one more revived guest takes of memory, over the guest's memory. */
export function benchOverRam(context: BenchContext, parts: Parts): Promise<Growth> {
  return benchCourse(context, parts, overRam);
}

/** The same over how much of the memory is used. */
export function benchOverDirty(context: BenchContext, parts: Parts): Promise<Growth> {
  return benchCourse(context, parts, overDirty);
}

async function benchCourse(context: BenchContext, parts: Parts, course: Course): Promise<Growth> {
  await using lab = await openLab(parts, { top: context.folder, vitals: context.vitals });
  // The second of two guests at once has a switch and a controller of its own: both have the same address.
  await using other = await openLab(parts, { top: context.folder, vitals: context.vitals });
  const measured = await measureSizes({ lab, other }, context, course.sizes);
  return { guest: parts, rows: rowsOf(measured, course.over), plots: plotsOf(measured, course) };
}

interface Measured {
  readonly size: Size;
  /** Seconds until SSH answers. */
  readonly revive: Summary;
  /** Megabytes (PSS), when SSH answers and after a command. */
  readonly more: Summary;
  readonly used: Summary;
}

/** All sizes are frozen first and then measured in turn, because the load of the machine changes meanwhile. */
async function measureSizes(
  { lab, other }: { readonly lab: Lab; readonly other: Lab },
  context: BenchContext,
  sizes: readonly Size[],
): Promise<readonly Measured[]> {
  await using scope = new AsyncDisposableStack();
  const all: Revivable[] = [];
  for (const size of sizes) all.push(await freezeOnce(lab, context, size, scope));
  context.say("revives them in turn");
  const summaryOf = await interleave(
    context.runs * samplesPerRun,
    Object.fromEntries(all.map((frozen) => [describeSize(frozen.size), () => reviveOnce(lab, frozen)])),
  );
  const measured: Measured[] = [];
  for (const frozen of all) {
    const { samples } = await measureOneMore({ lab, other }, context, frozen);
    const [more, used] = [summarize(samples.pss), summarize(samples.used)];
    measured.push({ size: frozen.size, revive: summaryOf(describeSize(frozen.size)), more, used });
  }
  return measured;
}

/** Whether it holds what was frozen is seen when two are measured at once. */
async function reviveOnce(lab: Lab, { hardware, files }: Revivable): Promise<number> {
  const disk = await overlayOf(lab, files.disk, lab.workspace.file("disk.qcow2"));
  await using started = await revive(lab, { ...files, hardware, disk });
  await rm(disk);
  return started.tookMs / 1000;
}

/** How flat the line is: the last size against the first. */
function rowsOf(measured: readonly Measured[], over: string): Row[] {
  const [first, last] = [measured.at(0), measured.at(-1)];
  if (first === undefined || last === undefined) return [];
  const row = (what: string, unit: "s" | "MB", of: "revive" | "more", isBudget: boolean): Row => {
    const times = ratio(last[of], first[of]);
    return {
      case: "growth",
      what: `${what} over ${over}: ${describeSize(last.size)}`,
      unit,
      summary: last[of],
      ratios: [
        `${number(times)} times the ${number(first[of].median)} ${unit} of ${describeSize(first.size)}`,
      ],
      ...(isBudget ? { budget: atMost(times, 1.2, " times") } : {}),
      note: `in turn: ${measured.map((each) => number(each[of].median)).join(", ")} ${unit}`,
    };
  };
  return [
    row("revive -> SSH banner", "s", "revive", true),
    row("one more revived VM (PSS)", "MB", "more", false),
  ];
}

function plotsOf(measured: readonly Measured[], { name, over, x, xOf }: Course): Record<string, Plot> {
  const series = (title: string, of: "revive" | "more" | "used") => ({
    name: title,
    points: measured.map((each) => pointOf(xOf(each.size), each[of])),
  });
  const plot = { measured: [], x };
  return {
    [`revive-over-${name}`]: {
      ...plot,
      title: `Revive time over ${over}`,
      y: { label: "from QEMU's start to the SSH banner, s" },
      series: [series("revive", "revive")],
    },
    [`memory-over-${name}`]: {
      ...plot,
      title: `Memory of one more revived guest over ${over}`,
      y: { label: "memory beside the first guest (PSS), MB" },
      series: [series("when SSH answers", "more"), series("after a command", "used")],
    },
  };
}
