import { chmod, mkdir, stat, symlink, truncate, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { snapshot } from "../contract/filenames.ts";
import { run } from "../process/run.ts";

/** Where a snapshot's parts lie in its two outputs. */
export interface SnapshotFiles {
  readonly folder: string;
  readonly disk: string;
  readonly deviceState: string;
  readonly uefiVars: string;
  readonly record: string;
  readonly ramLink: string;
  readonly ramFolder: string;
  readonly ram: string;
  readonly ramRecord: string;
}

/** Names the files; touches nothing. */
export function snapshotFiles(out: string, ram: string): SnapshotFiles {
  return {
    folder: out,
    disk: join(out, snapshot.disk),
    deviceState: join(out, snapshot.deviceState),
    uefiVars: join(out, snapshot.uefiVars),
    record: join(out, snapshot.record),
    ramLink: join(out, snapshot.ramLink),
    ramFolder: ram,
    ram: join(ram, snapshot.ram),
    ramRecord: join(ram, snapshot.ramRecord),
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

/** After QEMU has ended: pages of zeros become holes again, and nothing can be written any more. Returns the RAM's bytes on disk. */
export async function finishSnapshotFiles(
  files: SnapshotFiles,
  options: {
    readonly uefi: boolean;
    readonly fallocate: string | undefined;
    readonly signal: AbortSignal;
  },
): Promise<number> {
  const { fallocate, signal } = options;
  if (fallocate !== undefined) await run({ file: fallocate, args: ["-d", files.ram] }, { signal });
  const read = [files.ram, files.disk, files.deviceState, ...(options.uefi ? [files.uefiVars] : [])];
  for (const file of read) await chmod(file, 0o444);
  return (await stat(files.ram)).blocks * 512;
}
