import { mkdir, rm } from "node:fs/promises";
import { join } from "node:path";
import type { Hardware } from "../../src/contract/machine.ts";
import { freeze } from "../../src/runtime/qemu/freeze.ts";
import { finishSnapshotFiles, snapshotFiles, writeEmptyRam } from "../../src/runtime/snapshot-files.ts";
import type { BenchContext } from "./context.ts";
import { describeSize, type Frozen, type Size } from "./frozen.ts";
import { bootFreezable, overlayOf } from "./guests.ts";
import type { Lab } from "./machines.ts";

/** A frozen guest that can be revived. */
export type Revivable = Pick<Frozen, "size" | "hardware" | "files" | "memory">;

/** Boots a guest, dirties its memory and freezes it, once and in no other way; the scope that it is given removes the files. */
export async function freezeOnce(
  lab: Lab,
  context: BenchContext,
  size: Size,
  scope: AsyncDisposableStack,
): Promise<Revivable> {
  const folder = join(context.folder, `${size.memoryMiB}-${size.dirtyMB}-once`);
  scope.defer(() => rm(folder, { recursive: true, force: true }));
  await mkdir(folder);
  const files = snapshotFiles(join(folder, "out"), join(folder, "ram"));
  const hardware: Hardware = { ...lab.parts.hardware, memoryMiB: size.memoryMiB };
  await writeEmptyRam(files, size.memoryMiB * 2 ** 20);
  await overlayOf(lab, lab.parts.disk, files.disk);
  context.say(`${describeSize(size)}: boots, dirties its memory, freezes`);
  const memory = await fillAndFreeze(lab, { size, hardware, files });
  const { qemuImg, fallocate } = lab.parts.tools;
  const { signal } = context.vitals;
  await finishSnapshotFiles(files, { beside: [files.disk], qemuImg, fallocate, signal });
  return { size, hardware, files, memory };
}

async function fillAndFreeze(
  lab: Lab,
  { size, hardware, files }: Omit<Revivable, "memory">,
): Promise<string> {
  await using guest = await bootFreezable(lab, { hardware, ram: files.ram, disk: files.disk });
  await lab.parts.workload.fill(lab, size.dirtyMB);
  const memory = await lab.parts.workload.read(lab);
  await freeze(guest, { deviceState: files.deviceState, vitals: lab.vitals });
  await guest.quit();
  return memory;
}
