import { readFile } from "node:fs/promises";
import type { BenchContext } from "../context.ts";
import type { Revivable } from "../freeze-once.ts";
import { describeSize } from "../frozen.ts";
import { overlayOf, revive, type Started } from "../guests.ts";
import { type Lab, openLab } from "../machines.ts";
import { summarize } from "../measure.ts";
import type { Machine } from "../../../src/runtime/qemu/machine.ts";
import { atMost, number, type Row } from "../row.ts";
import { parseRollup, type Resident } from "../rollup.ts";

/**
 * What one more revived guest costs in memory: a first one runs; a second one is revived beside it, again and again.
 * Each has a switch and a controller of its own, because both have the same address.
 */
export async function benchMemory(lab: Lab, context: BenchContext, frozen: Revivable): Promise<Row[]> {
  const title = describeSize(frozen.size);
  context.say(`${title}: a second controller starts, to revive two at once`);
  await using other = await openLab(lab.parts, { top: context.folder, vitals: context.vitals });
  const { samples, alone } = await measureOneMore({ lab, other }, context, frozen);
  const [rss, pss, used] = [summarize(samples.rss), summarize(samples.pss), summarize(samples.used)];
  const row = { case: "memory", unit: "MB" } as const;
  return [
    {
      ...row,
      what: `one more revived VM: memory beside the first (PSS), ${title}`,
      summary: pss,
      budget: atMost(pss.median, 150, " MB"),
      note: `the first one alone, after a command: ${number(alone?.pssMB ?? 0)} MB PSS, ${number(alone?.rssMB ?? 0)} MB RSS`,
    },
    {
      ...row,
      what: "  the same after a command has run in it",
      summary: used,
      budget: atMost(used.median, 150, " MB"),
    },
    {
      ...row,
      what: "  the second one's RSS when SSH answers",
      summary: rss,
      budget: atMost(rss.median, 150, " MB"),
    },
  ];
}

/** Megabytes of the second of two guests: its RSS, and what both have (PSS) beside what the first had, when SSH answers and later. */
export async function measureOneMore(
  { lab, other }: { readonly lab: Lab; readonly other: Lab },
  context: BenchContext,
  frozen: Revivable,
): Promise<{
  readonly samples: Readonly<Record<"rss" | "pss" | "used", readonly number[]>>;
  /** The first one before there was a second. */
  readonly alone: Resident | undefined;
}> {
  const title = describeSize(frozen.size);
  await using first = await reviveIn(lab, frozen);
  await checkMemory(lab, frozen);
  const samples = { rss: [] as number[], pss: [] as number[], used: [] as number[] };
  let alone: Resident | undefined;
  for (let round = 0; round < context.runs; round += 1) {
    const before = await resident(first.guest);
    alone ??= before;
    await using second = await reviveIn(other, frozen);
    const [one, two] = [await resident(first.guest), await resident(second.guest)];
    samples.rss.push(two.rssMB);
    samples.pss.push(one.pssMB + two.pssMB - before.pssMB);
    await checkMemory(other, frozen);
    const [late1, late2] = [await resident(first.guest), await resident(second.guest)];
    samples.used.push(late1.pssMB + late2.pssMB - before.pssMB);
    context.say(`${title}: a second guest takes ${number(samples.pss.at(-1) ?? 0)} MB more`);
  }
  return { samples, alone };
}

async function reviveIn(lab: Lab, frozen: Revivable): Promise<Started<Machine>> {
  const { hardware, files } = frozen;
  const name = lab.workspace.file(`disk-${crypto.randomUUID()}.qcow2`);
  const disk = await overlayOf(lab, files.disk, name);
  return revive(lab, { hardware, ram: files.ram, deviceState: files.deviceState, disk });
}

async function checkMemory(lab: Lab, frozen: Revivable): Promise<void> {
  const memory = await lab.parts.workload.read(lab);
  if (memory !== frozen.memory) throw new Error("one of two guests at once does not hold what was frozen");
}

async function resident(machine: Machine): Promise<Resident> {
  return parseRollup(await readFile(`/proc/${machine.pid}/smaps_rollup`, "utf8"));
}
