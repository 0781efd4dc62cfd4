import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { rm } from "node:fs/promises";
import { pipeline } from "node:stream/promises";
import type { BenchContext } from "../context.ts";
import { describeSize, type Frozen } from "../frozen.ts";
import { bootCold, overlayOf, revive, reviveFromGzip } from "../guests.ts";
import type { Lab } from "../machines.ts";
import { interleave, ratio, type Summary } from "../measure.ts";
import { atLeast, atMost, faster, number, type Row } from "../row.ts";

/** Boots that take longer than this are repeated less often. */
const longBootMs = 15_000;
const longBootRuns = 3;

/**
 * The three ways to a guest that answers on its SSH port, side by side. Each revived guest has to hold the memory that was
 * frozen, and the frozen files have to be the same bytes afterwards.
 */
export async function benchRevive(lab: Lab, context: BenchContext, frozen: Frozen): Promise<Row[]> {
  const { hardware, files, gzip, size } = frozen;
  const title = describeSize(size);
  const before = await hashes(frozen);
  const overlay = (base: string): Promise<string> => overlayOf(lab, base, lab.workspace.file("disk.qcow2"));
  const done = async (what: string, ms: number): Promise<number> => {
    await rm(lab.workspace.file("disk.qcow2"));
    context.say(`${title}: ${what} ${number(ms / 1000)} s`);
    return ms / 1000;
  };
  let longBoots = 0;
  const summaryOf = await interleave(context.runs, {
    async revive() {
      const disk = await overlay(files.disk);
      await using started = await revive(lab, {
        hardware,
        ram: files.ram,
        deviceState: files.deviceState,
        disk,
      });
      await assertMemory(lab, frozen, "a revived guest");
      return done("revived in", started.tookMs);
    },
    async cold() {
      if (longBoots >= longBootRuns) return undefined;
      await using started = await bootCold(lab, { hardware, disk: await overlay(lab.parts.disk) });
      if (started.tookMs > longBootMs) longBoots += 1;
      return done("booted in", started.tookMs);
    },
    async gzip() {
      const disk = await overlay(gzip.disk);
      await using started = await reviveFromGzip(lab, { hardware, disk, stream: gzip.stream });
      await assertMemory(lab, frozen, "a guest from a gzip stream");
      return done("loaded the 2014 way in", started.tookMs);
    },
  });
  if ((await hashes(frozen)) !== before) throw new Error(`${title}: reviving changed the frozen files`);
  return rowsOf(frozen, {
    revive: summaryOf("revive"),
    cold: summaryOf("cold"),
    gzip: summaryOf("gzip"),
  });
}

/** Whether a revive depends on the size of the memory: both sizes side by side, because the load of the machine changes meanwhile. */
export async function compareSizes(
  lab: Lab,
  context: BenchContext,
  sizes: { readonly small: Frozen; readonly large: Frozen },
): Promise<Row> {
  const once = async (frozen: Frozen): Promise<number> => {
    const disk = await overlayOf(lab, frozen.files.disk, lab.workspace.file("disk.qcow2"));
    await using started = await revive(lab, { ...frozen.files, hardware: frozen.hardware, disk });
    await assertMemory(lab, frozen, "a revived guest");
    await rm(disk);
    return started.tookMs / 1000;
  };
  context.say("revives the smallest and the largest guest in turn");
  const summaryOf = await interleave(context.runs, {
    small: () => once(sizes.small),
    large: () => once(sizes.large),
  });
  const [small, large] = [summaryOf("small"), summaryOf("large")];
  const times = ratio(large, small);
  return {
    case: "revive",
    what: `revive, ${sizes.large.size.memoryMiB} MiB against ${sizes.small.size.memoryMiB} MiB, in turn`,
    unit: "s",
    summary: large,
    ratios: [
      `${number(times)} times the ${number(small.median)} s (${number(small.min)} to ${number(small.max)}) of the small one`,
    ],
    budget: atMost(times, 1.2, " times"),
  };
}

async function assertMemory(lab: Lab, frozen: Frozen, who: string): Promise<void> {
  const memory = await lab.parts.workload.read(lab);
  if (memory === frozen.memory) return;
  throw new Error(`${who} does not hold what was frozen: got\n${memory}\nwanted\n${frozen.memory}`);
}

async function hashes(frozen: Frozen): Promise<string> {
  const { disk, deviceState, ram } = frozen.files;
  const sums: string[] = [];
  for (const file of [disk, deviceState, ram]) {
    const hash = createHash("sha256");
    await pipeline(createReadStream(file, { highWaterMark: 2 ** 20 }), hash);
    sums.push(hash.digest("hex"));
  }
  return sums.join(" ");
}

function rowsOf(
  frozen: Frozen,
  ways: { readonly revive: Summary; readonly cold: Summary; readonly gzip: Summary },
): Row[] {
  const size = describeSize(frozen.size);
  const againstGzip = ratio(ways.gzip, ways.revive);
  // The design asks for this one only where there is much to load.
  const isBudget = frozen.size.memoryMiB === 4096 && frozen.size.dirtyMB === 1600;
  return [
    {
      case: "revive",
      what: `revive -> SSH banner, ${size}`,
      unit: "s",
      summary: ways.revive,
      ratios: [faster(ratio(ways.cold, ways.revive), "cold boot"), faster(againstGzip, "the 2014 way")],
      ...(isBudget ? { budget: atLeast(againstGzip, 25, " times faster than 2014") } : {}),
    },
    {
      case: "revive",
      what: `  cold boot -> SSH banner, ${size.split(",")[0] ?? size}`,
      unit: "s",
      summary: ways.cold,
      ...(ways.cold.runs < ways.revive.runs
        ? { note: `only ${ways.cold.runs} runs: each takes over 15 s` }
        : {}),
    },
    { case: "revive", what: `  the 2014 way (gzip) -> SSH banner, ${size}`, unit: "s", summary: ways.gzip },
  ];
}
