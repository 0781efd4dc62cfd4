import { chmod, mkdir, stat, symlink, truncate, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { snapshot } from "../contract/filenames.ts";
import type { MemoryLayout } from "../contract/machine.ts";
import type { FrozenRam } from "../contract/records.ts";
import { run } from "../process/run.ts";
import { keptRam, packRam } from "./ram-file.ts";

/** Where a snapshot's parts lie in its two outputs. */
export interface SnapshotFiles {
  readonly folder: string;
  readonly disk: string;
  readonly deviceState: string;
  readonly uefiVars: string;
  readonly ramLink: string;
  readonly ramFolder: string;
  readonly layout: MemoryLayout;
  /** What QEMU maps while the guest runs. */
  readonly ram: string;
  /** What the output holds: the same file, unless it is packed. */
  readonly keptRam: string;
}

/** Names the files; touches nothing. `unpackedRam` is where the memory lies until it is packed; without it it is not. */
export function snapshotFiles(out: string, ram: string, unpackedRam?: string): SnapshotFiles {
  const layout = unpackedRam === undefined ? "sparse" : "packed";
  const kept = keptRam(ram, layout);
  return {
    folder: out,
    disk: join(out, snapshot.disk),
    deviceState: join(out, snapshot.deviceState),
    uefiVars: join(out, snapshot.uefiVars),
    ramLink: join(out, snapshot.ramLink),
    ramFolder: ram,
    layout,
    ram: unpackedRam ?? kept,
    keptRam: kept,
  };
}

/** Makes both folders with the link from one to the other, and the RAM file as one hole; QEMU maps it shared. */
export async function writeEmptyRam(files: SnapshotFiles, bytes: number): Promise<void> {
  await mkdir(files.folder);
  await mkdir(files.ramFolder);
  await symlink(files.ramFolder, files.ramLink);
  await writeFile(files.ram, "");
  await truncate(files.ram, bytes);
}

/**
 * After QEMU has ended: the memory is packed, or its pages of zeros become holes again; then nothing can be written any more.
 * Returns what is to be recorded of the memory.
 */
export async function finishSnapshotFiles(
  files: SnapshotFiles,
  options: {
    /** What belongs to the frozen machine beside its memory and device state. */
    readonly beside: readonly string[];
    readonly qemuImg: string;
    readonly fallocate: string | undefined;
    readonly signal: AbortSignal;
  },
): Promise<FrozenRam> {
  const { qemuImg, fallocate, signal } = options;
  const { layout, ram } = files;
  const { size: bytes } = await stat(ram);
  if (layout === "packed") await packRam({ qemuImg, ram, packed: files.keptRam, signal });
  else if (fallocate !== undefined) await run({ file: fallocate, args: ["-d", ram] }, { signal });
  for (const file of [files.keptRam, files.deviceState, ...options.beside]) await chmod(file, 0o444);
  const { size: fileBytes, blocks } = await stat(files.keptRam);
  return { layout, bytes, fileBytes, bytesOnDisk: blocks * 512 };
}
