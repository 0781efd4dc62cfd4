import { copyFile, mkdir, open, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import type { Hardware } from "../../src/contract/machine.ts";
import type { Guest } from "../../src/runtime/guest.ts";
import { freeze } from "../../src/runtime/qemu/freeze.ts";
import { pause } from "../../src/runtime/vitals.ts";
import {
  finishSnapshotFiles,
  type SnapshotFiles,
  snapshotFiles,
  writeEmptyRam,
} from "../../src/runtime/snapshot-files.ts";
import type { BenchContext } from "./context.ts";
import { bootFreezable, overlayOf, saveToGzip } from "./guests.ts";
import type { Lab } from "./machines.ts";

/** How large a guest is, and how much of its memory it uses. */
export interface Size {
  readonly memoryMiB: number;
  readonly dirtyMB: number;
}

/** Such as "4096 MiB, 1600 MB dirty". */
export function describeSize({ memoryMiB, dirtyMB }: Size): string {
  return `${memoryMiB} MiB, ${dirtyMB} MB dirty`;
}

/** One guest, frozen both ways at (nearly) the same moment, with what that cost. Leaving its scope removes the files. */
export interface Frozen extends AsyncDisposable {
  readonly size: Size;
  readonly hardware: Hardware;
  readonly files: SnapshotFiles;
  /** The 2014 way: stream and the disk of that moment. */
  readonly gzip: {
    readonly stream: string;
    readonly disk: string;
    readonly tookMs: number;
    readonly bytes: number;
  };
  /** What the workload's text was before the freeze. */
  readonly memory: string;
  readonly freezeMs: readonly number[];
  /** fsync of RAM and disk after the first freeze, when all that was dirtied is still to be written. */
  readonly syncMs: number;
  readonly ramBytesOnDisk: number;
  readonly ramBytesAfterHoles: number;
  readonly deviceStateBytes: number;
  readonly diskBytes: number;
}

/** Boots a guest, dirties its memory, freezes it as often as there are runs, and saves it once the 2014 way. */
export async function makeFrozen(lab: Lab, context: BenchContext, size: Size): Promise<Frozen> {
  const folder = join(context.folder, `${size.memoryMiB}-${size.dirtyMB}`);
  await using making = new AsyncDisposableStack();
  making.defer(() => rm(folder, { recursive: true, force: true }));
  await mkdir(folder);
  const files = snapshotFiles(join(folder, "out"), join(folder, "ram"));
  const hardware: Hardware = { ...lab.parts.hardware, memoryMiB: size.memoryMiB };
  await writeEmptyRam(files, size.memoryMiB * 2 ** 20);
  await overlayOf(lab, lab.parts.disk, files.disk);
  const frozen = await freezeOften(lab, context, { size, hardware, files, folder });
  const ramBytesOnDisk = await bytesOnDisk(files.ram);
  const { qemuImg, fallocate } = lab.parts.tools;
  const { bytesOnDisk: ramBytesAfterHoles } = await finishSnapshotFiles(files, {
    beside: [files.disk],
    qemuImg,
    fallocate,
    signal: context.vitals.signal,
  });
  // What the kernel still has to write of it must not slow the measurements that follow.
  await syncFiles([files.ram, files.disk, files.deviceState, frozen.gzip.stream, frozen.gzip.disk]);
  const owned = making.move();
  return {
    size,
    hardware,
    files,
    ...frozen,
    ramBytesOnDisk,
    ramBytesAfterHoles,
    deviceStateBytes: await bytesOnDisk(files.deviceState),
    diskBytes: await bytesOnDisk(files.disk),
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  };
}

async function freezeOften(
  lab: Lab,
  context: BenchContext,
  parts: {
    readonly size: Size;
    readonly hardware: Hardware;
    readonly files: SnapshotFiles;
    readonly folder: string;
  },
) {
  const { size, hardware, files, folder } = parts;
  context.say(`${describeSize(size)}: boots`);
  await using guest = await bootFreezable(lab, { hardware, ram: files.ram, disk: files.disk });
  context.say(`${describeSize(size)}: dirties its memory`);
  await lab.parts.workload.fill(lab, size.dirtyMB);
  const memory = await lab.parts.workload.read(lab);
  context.say(`${describeSize(size)}: freezes ${context.runs} times, and once the 2014 way`);
  const options = { deviceState: files.deviceState, vitals: context.vitals };
  const freezeMs = [(await freeze(guest, options)).tookMs];
  const syncMs = await syncFiles([files.ram, files.disk]);
  while (freezeMs.length < context.runs) {
    await goOn(guest);
    freezeMs.push((await freeze(guest, options)).tookMs);
  }
  await goOn(guest);
  const stream = join(folder, "stream.gz");
  const tookMs = await saveToGzip(lab, guest, stream);
  // The guest goes on for a moment before the freeze that is kept: each stream gets the disk of its own moment.
  const disk = join(folder, "gzip.qcow2");
  await copyFile(files.disk, disk);
  await goOn(guest);
  await freeze(guest, options);
  await guest.quit();
  return {
    memory,
    freezeMs,
    syncMs,
    gzip: { stream, disk, tookMs, bytes: await bytesOnDisk(stream) },
  };
}

/** After a migration QEMU refuses another one until the guest has run. */
async function goOn(guest: Guest): Promise<void> {
  await guest.execute("cont");
  await pause(500);
}

async function syncFiles(names: readonly string[]): Promise<number> {
  const started = performance.now();
  for (const name of names) {
    await using handle = await open(name, "r");
    await handle.sync();
  }
  return performance.now() - started;
}

async function bytesOnDisk(file: string): Promise<number> {
  return (await stat(file)).blocks * 512;
}
