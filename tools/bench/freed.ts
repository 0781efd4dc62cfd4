import { mkdir, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import type { Hardware } from "../../src/contract/machine.ts";
import { run } from "../../src/process/run.ts";
import type { Guest } from "../../src/runtime/guest.ts";
import { freeze } from "../../src/runtime/qemu/freeze.ts";
import { type SnapshotFiles, snapshotFiles, writeEmptyRam } from "../../src/runtime/snapshot-files.ts";
import type { BenchContext } from "./context.ts";
import { bootFreezable, overlayOf } from "./guests.ts";
import type { Lab } from "./machines.ts";
import { timed } from "./measure.ts";
import { number } from "./row.ts";
import { renderDirtyAndFree } from "./workload.ts";

/** How large the guest is, how much it dirties and frees again, and how much it keeps. */
export const freedSize = { memoryMiB: 4096, freedMB: 1000, keptMB: 100 } as const;

/** A frozen guest of which a copy of memory, device state and disk was kept. */
export interface Kept {
  readonly ram: string;
  readonly deviceState: string;
  readonly disk: string;
}

/** One guest that was frozen with what it had freed as it lay there, and with its free memory zeroed, by turns. */
export interface Freed {
  readonly hardware: Hardware;
  readonly memory: string;
  /** As the guest says it, before it zeroes: its memory but what it calls free, in MB. */
  readonly inUseMB: readonly number[];
  /** Of the memory's file, holes punched. */
  readonly onDiskMB: Readonly<Record<"left" | "zeroed", readonly number[]>>;
  readonly zeroS: readonly number[];
  /** Of a memory that was zeroed. */
  readonly punchS: readonly number[];
  readonly kept: Readonly<Record<"left" | "zeroed", Kept>>;
}

/** Boots the guest, and in each round dirties and frees memory, freezes it, zeroes what is free, and freezes it again; below `folder`. */
export async function makeFreed(lab: Lab, context: BenchContext, folder: string): Promise<Freed> {
  await mkdir(folder, { recursive: true });
  const hardware: Hardware = { ...lab.parts.hardware, memoryMiB: freedSize.memoryMiB };
  const files = snapshotFiles(join(folder, "out"), join(folder, "ram"));
  await writeEmptyRam(files, hardware.memoryMiB * 2 ** 20);
  await overlayOf(lab, lab.parts.disk, files.disk);
  context.say(`size: boots a guest of ${hardware.memoryMiB} MiB`);
  await using guest = await bootFreezable(lab, { hardware, ram: files.ram, disk: files.disk });
  await lab.parts.workload.fill(lab, freedSize.keptMB);
  const memory = await lab.parts.workload.read(lab);
  const onDiskMB = { left: [] as number[], zeroed: [] as number[] };
  const [inUseMB, zeroS, punchS]: [number[], number[], number[]] = [[], [], []];
  const kept = { left: copyNames(folder, "left"), zeroed: copyNames(folder, "zeroed") };
  for (let round = 0; round < context.runs; round += 1) {
    await lab.execute(renderDirtyAndFree(freedSize.freedMB));
    inUseMB.push(await readInUseMB(lab));
    onDiskMB.left.push((await freezeAndPunch(lab, guest, files, kept.left)).onDiskMB);
    zeroS.push((await timed(() => zeroFreeMemory(lab))) / 1000);
    // As the snapshot stage does it: a session follows, with its drives.
    await lab.execute("true");
    const frozen = await freezeAndPunch(lab, guest, files, kept.zeroed);
    onDiskMB.zeroed.push(frozen.onDiskMB);
    punchS.push(frozen.punchS);
    context.say(
      `size: ${number(onDiskMB.left.at(-1) ?? 0)} MB, zeroed in ${number(zeroS.at(-1) ?? 0)} s: ` +
        `${number(onDiskMB.zeroed.at(-1) ?? 0)} MB, for ${number(inUseMB.at(-1) ?? 0)} MB in use`,
    );
  }
  await guest.quit();
  await rm(files.ram);
  return { hardware, memory, inUseMB, onDiskMB, zeroS, punchS, kept };
}

function copyNames(folder: string, name: string): Kept {
  const at = (part: string): string => join(folder, `${name}-${part}`);
  return { ram: at("ram"), deviceState: at("device-state"), disk: at("disk.qcow2") };
}

/** Freezes, punches the holes, copies what belongs to the frozen guest, and lets the guest go on. */
async function freezeAndPunch(
  lab: Lab,
  guest: Guest,
  files: SnapshotFiles,
  copy: Kept,
): Promise<{ readonly onDiskMB: number; readonly punchS: number }> {
  const { fallocate } = lab.parts.tools;
  if (fallocate === undefined) throw new Error("size: needs fallocate, got none");
  const { signal } = lab.vitals;
  await freeze(guest, { deviceState: copy.deviceState, vitals: lab.vitals });
  const punchMs = await timed(() => run({ file: fallocate, args: ["-d", files.ram] }, { signal }));
  for (const [from, to] of [
    [files.ram, copy.ram],
    [files.disk, copy.disk],
  ] as const)
    await run({ file: "cp", args: ["--sparse=always", from, to] }, { signal });
  const { blocks } = await stat(copy.ram);
  await guest.execute("cont");
  return { onDiskMB: (blocks * 512) / 1e6, punchS: punchMs / 1000 };
}

/** The snapshot stage's own request. */
async function zeroFreeMemory(lab: Lab): Promise<void> {
  const { access, hostKey } = lab.parts;
  await lab.agent.request(
    {
      type: "zero-free-memory",
      access: access.kind,
      user: access.user,
      password: access.password,
      hostKey,
      timeoutMs: 300_000,
    },
    { stage: "bench", timeoutMs: 315_000 },
  );
}

async function readInUseMB(lab: Lab): Promise<number> {
  const text = await lab.execute("cat /proc/meminfo");
  const freeKiB = /^MemFree:\s+(\d+) kB$/m.exec(text)?.[1];
  if (freeKiB === undefined) throw new Error("the guest's meminfo has no MemFree");
  return (freedSize.memoryMiB * 2 ** 20 - Number(freeKiB) * 1024) / 1e6;
}
