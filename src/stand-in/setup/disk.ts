import { randomBytes, randomUUID } from "node:crypto";
import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  readdirSync,
  writeSync,
} from "node:fs";
import type { Firmware } from "../../catalogue/release.ts";
import { runCaptured } from "../../process/attached.ts";
import type { SetupAnswers } from "./answers.ts";
import { placeOnGpt, renderGuidPartitionTable } from "./guid-partition-table.ts";
import { placeOnMbr, renderMasterBootRecord } from "./master-boot-record.ts";
import { findWindowsPartition, LayoutRefused, type PlacedPartition } from "./partitions.ts";

/** The disk as it was laid out: mounted folders, and what the boot loader has to know. */
export interface PreparedDisk {
  readonly target: string;
  /** Folder of the partition that the firmware starts. */
  readonly boot: string;
  readonly bootPartition: PlacedPartition;
  /** The boot partition's own GUID; undefined on an MBR disk. */
  readonly bootGuid: string | undefined;
  /** The file system's id of the partition that holds the system. */
  readonly systemId: string;
  /** Unmounts everything. */
  close(): void;
}

const tool = (file: string, ...args: string[]): string =>
  runCaptured({ file: `/stand-in/bin/${file}`, args });

/** Writes the partition table, formats (ext4 plays NTFS, and FAT32 where no UEFI reads it) and mounts; LayoutRefused says why not. */
export function prepareDisk(answers: SetupAnswers, firmware: Firmware): PreparedDisk {
  const device = diskDevice(answers.diskId);
  const sectors = Number(readFileSync(`/sys/block/${device}/size`, "utf8"));
  const place = firmware === "uefi" ? placeOnGpt : placeOnMbr;
  const placed = place(answers.partitions, sectors);
  const system = findWindowsPartition(answers, placed);
  const boot = placed.find(({ wanted }) => (firmware === "uefi" ? wanted.type === "EFI" : wanted.active));
  if (boot === undefined) throw new LayoutRefused("no partition can be started");
  // The disk's own, and one for each partition by its number.
  const guids = [randomUUID(), ...placed.map(() => randomUUID())];
  if (firmware === "uefi") writeGpt(device, sectors, placed, guids);
  else writeMbr(device, placed);
  tool("blockdev", "--rereadpt", `/dev/${device}`);
  const systemId = randomUUID();
  for (const each of placed) {
    const file = `/dev/${device}${each.number}`;
    if (!existsSync(file))
      throw new LayoutRefused(`partition ${each.number} did not appear after the table was written`);
    if (firmware === "uefi" && each === boot) formatFat(file, each);
    else if (firmware === "bios" || each.wanted.format !== undefined)
      formatExt4(file, {
        placed: each,
        id: each === system ? systemId : randomUUID(),
        isSystem: each === system,
      });
  }
  const folders = mountAll({ device, firmware, system, boot });
  const bootGuid = firmware === "uefi" ? guids[boot.number] : undefined;
  return { ...folders, bootPartition: boot, bootGuid, systemId };
}

function mountAll(parts: {
  readonly device: string;
  readonly firmware: Firmware;
  readonly system: PlacedPartition;
  readonly boot: PlacedPartition;
}): Pick<PreparedDisk, "target" | "boot" | "close"> {
  const { device, firmware, system, boot } = parts;
  const target = "/run/target";
  mkdirSync(target);
  mountExt4(`/dev/${device}${system.number}`, target);
  const folder = boot === system ? `${target}/boot` : "/run/boot";
  mkdirSync(folder);
  if (firmware === "uefi") tool("mount", "-t", "vfat", `/dev/${device}${boot.number}`, folder);
  else if (boot !== system) mountExt4(`/dev/${device}${boot.number}`, folder);
  return {
    target,
    boot: folder,
    close: () => {
      if (boot !== system) tool("umount", folder);
      tool("umount", target);
    },
  };
}

// Disks in the order of their names, which is that of their controller's ports; CDs and floppies do not count.
function diskDevice(id: number): string {
  const disks = readdirSync("/sys/block")
    .filter((name) => /^sd[a-z]$/.test(name))
    .sort();
  const device = disks[id];
  if (device === undefined)
    throw new LayoutRefused(`DiskID ${id} does not exist; the machine has ${disks.length} disks`);
  return device;
}

function writeMbr(device: string, placed: readonly PlacedPartition[]): void {
  const bootCode = readFileSync("/stand-in/syslinux/mbr.bin");
  const record = renderMasterBootRecord(bootCode, randomBytes(4).readUInt32LE(), placed);
  writeSectors(device, [{ sector: 0, bytes: record }]);
}

function writeGpt(
  device: string,
  sectors: number,
  placed: readonly PlacedPartition[],
  guids: readonly string[],
): void {
  const table = renderGuidPartitionTable(placed, sectors, (number) => guids[number] ?? "");
  writeSectors(device, [
    { sector: 0, bytes: table.head },
    { sector: table.tailSector, bytes: table.tail },
  ]);
}

function writeSectors(device: string, writes: readonly { sector: number; bytes: Uint8Array }[]): void {
  const handle = openSync(`/dev/${device}`, "r+");
  // WillWipeDisk: whatever stood in the first MiB (an old GPT, an old boot loader) is gone.
  writeSync(handle, Buffer.alloc(1 << 20), 0, 1 << 20, 0);
  for (const { sector, bytes } of writes) writeSync(handle, bytes, 0, bytes.length, sector * 512);
  fsyncSync(handle);
  closeSync(handle);
}

/** What UEFI's firmware reads: a real FAT32. */
function formatFat(device: string, { wanted }: PlacedPartition): void {
  tool("mkdosfs", "-n", wanted.label.slice(0, 11).toUpperCase(), device);
}

/**
 * Features that extlinux can read; inode tables stay uninitialised, so that nothing works in the background later. C:\ folds
 * case in the file system itself, as NTFS does.
 */
function formatExt4(
  device: string,
  options: { readonly placed: PlacedPartition; readonly id: string; readonly isSystem: boolean },
): void {
  const { placed, id, isSystem } = options;
  const features = ["^64bit", "^metadata_csum", "uninit_bg", ...(isSystem ? ["casefold"] : [])].join(",");
  // biome-ignore format: an option and its value stay on one line
  tool(
    "mke2fs", "-t", "ext4", "-q", "-F",
    "-O", features,
    "-i", "65536",
    "-J", "size=16",
    "-E", "lazy_itable_init=1,nodiscard",
    "-U", id,
    "-L", placed.wanted.label.slice(0, 16),
    device,
  );
  if (!isSystem) return;
  const extentsAndCasefold = "0x40080000";
  for (const request of [
    "mkdir /cygdrive",
    "mkdir /cygdrive/c",
    `sif /cygdrive/c flags ${extentsAndCasefold}`,
  ]) {
    tool("debugfs", "-w", "-R", request, device);
  }
}

function mountExt4(device: string, folder: string): void {
  tool("mount", "-t", "ext4", "-o", "noatime,noinit_itable", device, folder);
}
