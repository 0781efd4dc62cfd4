import { rm } from "node:fs/promises";
import { join } from "node:path";
import type { BenchContext } from "../context.ts";
import { type Freed, freedSize, makeFreed } from "../freed.ts";
import { overlayOf, revive } from "../guests.ts";
import type { Lab } from "../machines.ts";
import { interleave, ratio, type Summary, summarize, timed } from "../measure.ts";
import { atMost, number, type Row } from "../row.ts";

const row = { case: "size" } as const;
type Way = keyof Freed["kept"];

/** What memory that the guest has freed costs on disk: as it lies there, and zeroed before the freeze; and what a revive from either takes. */
export async function benchSize(lab: Lab, context: BenchContext): Promise<Row[]> {
  const folder = join(context.folder, "size");
  const freed = await makeFreed(lab, context, folder);
  const revived = await benchRevives(lab, context, freed);
  await rm(folder, { recursive: true });
  const [left, zeroed] = [summarize(freed.onDiskMB.left), summarize(freed.onDiskMB.zeroed)];
  const inUse = summarize(freed.inUseMB);
  const ofInUse = (size: Summary): string =>
    `${number(ratio(size, inUse))} times the ${number(inUse.median)} MB in use, as the guest says`;
  const { memoryMiB, freedMB } = freedSize;
  return [
    {
      ...row,
      what: `on disk, ${memoryMiB} MiB, ${freedMB} MB dirtied and freed`,
      unit: "MB",
      summary: left,
      ratios: [ofInUse(left)],
    },
    {
      ...row,
      what: "  with the free memory zeroed before the freeze",
      unit: "MB",
      summary: zeroed,
      ratios: [ofInUse(zeroed)],
      budget: atMost(ratio(zeroed, inUse), 1.1, " times the memory in use"),
    },
    { ...row, what: "  zeroing it", unit: "s", summary: summarize(freed.zeroS) },
    { ...row, what: "  punching its holes", unit: "s", summary: summarize(freed.punchS) },
    {
      ...row,
      what: "  revive -> SSH banner, zeroed",
      unit: "s",
      summary: revived.banner("zeroed"),
      ratios: [compare(revived.banner("zeroed"), revived.banner("left"))],
    },
    {
      ...row,
      what: "  first login and command after it, zeroed",
      unit: "s",
      summary: revived.command("zeroed"),
      ratios: [compare(revived.command("zeroed"), revived.command("left"))],
    },
  ];
}

function compare(zeroed: Summary, left: Summary): string {
  return `${number(ratio(zeroed, left))} times the ${number(left.median)} s without, in turn`;
}

/** Both in turn, with what was kept still right in each. */
async function benchRevives(lab: Lab, context: BenchContext, freed: Freed) {
  context.say("size: revives from both, in turn");
  const commands: Record<Way, number[]> = { left: [], zeroed: [] };
  const once = async (way: Way): Promise<number> => {
    const kept = freed.kept[way];
    const disk = await overlayOf(lab, kept.disk, lab.workspace.file("disk.qcow2"));
    await using started = await revive(lab, { ...kept, hardware: freed.hardware, disk });
    commands[way].push((await timed(() => lab.execute("uname -a"))) / 1000);
    context.say(
      `size: ${way}, revived in ${number(started.tookMs / 1000)} s, first command ${number(commands[way].at(-1) ?? 0)} s`,
    );
    if ((await lab.parts.workload.read(lab)) !== freed.memory)
      throw new Error(`a guest that was frozen with its free memory ${way} does not hold what it kept`);
    await rm(disk);
    return started.tookMs / 1000;
  };
  const banner = await interleave(context.runs, { left: () => once("left"), zeroed: () => once("zeroed") });
  return { banner, command: (way: Way): Summary => summarize(commands[way]) };
}
