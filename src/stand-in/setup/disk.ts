import { randomBytes, randomUUID } from "node:crypto";
import {
  closeSync,
  cpSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  readdirSync,
  writeFileSync,
  writeSync,
} from "node:fs";
import { runCaptured } from "../../process/attached.ts";
import {
  LayoutRefused,
  type PlacedPartition,
  placePartitions,
  renderMasterBootRecord,
} from "./master-boot-record.ts";
import type { SetupAnswers } from "./answers.ts";

/** The disk as it was laid out: mounted folders, and what the boot loader has to know. */
export interface PreparedDisk {
  readonly target: string;
  readonly boot: string;
  readonly systemId: string;
  /** Unmounts everything. */
  close(): void;
}

const tool = (file: string, ...args: string[]): string =>
  runCaptured({ file: `/stand-in/bin/${file}`, args });

/** Writes the partition table, formats (ext4 plays NTFS and FAT32) and mounts; LayoutRefused says why not. */
export function prepareDisk(answers: SetupAnswers): PreparedDisk {
  const device = diskDevice(answers.diskId);
  const sectors = Number(readFileSync(`/sys/block/${device}/size`, "utf8"));
  const placed = placePartitions(answers.partitions, sectors);
  const system = placed.find((each) => each.number === answers.installTo.partitionId);
  const boot = placed.find((each) => each.wanted.active);
  if (answers.installTo.diskId !== answers.diskId || system === undefined || boot === undefined) {
    throw new LayoutRefused(
      `InstallTo names disk ${answers.installTo.diskId} partition ${answers.installTo.partitionId}, which the answer file does not create`,
    );
  }
  if (system.wanted.format !== "NTFS")
    throw new LayoutRefused(
      `partition ${system.number} has to be formatted as NTFS, got ${system.wanted.format ?? "no format"}`,
    );
  writeTable(device, placed);
  const systemId = randomUUID();
  for (const each of placed)
    format(`/dev/${device}${each.number}`, each, each === system ? systemId : randomUUID(), each === system);
  const target = "/run/target";
  mkdirSync(target);
  mount(`/dev/${device}${system.number}`, target);
  const bootFolder = boot === system ? `${target}/boot` : "/run/boot";
  mkdirSync(bootFolder);
  if (boot !== system) mount(`/dev/${device}${boot.number}`, bootFolder);
  return {
    target,
    boot: bootFolder,
    systemId,
    close: () => {
      if (boot !== system) tool("umount", bootFolder);
      tool("umount", target);
    },
  };
}

/** Boot loader, kernel and initramfs of the installed system. */
export function installBootLoader(disk: PreparedDisk): void {
  cpSync(`${disk.target}/stand-in/boot/vmlinuz`, `${disk.boot}/vmlinuz`);
  cpSync(`${disk.target}/stand-in/boot/initrd`, `${disk.boot}/initrd`);
  writeFileSync(
    `${disk.boot}/extlinux.conf`,
    `default stand-in\nprompt 0\ntimeout 0\nlabel stand-in\n  kernel vmlinuz\n  append initrd=initrd stand-in=disk root=${disk.systemId} console=tty0 quiet\n`,
  );
  tool("extlinux", "--install", disk.boot);
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

function writeTable(device: string, placed: readonly PlacedPartition[]): void {
  const handle = openSync(`/dev/${device}`, "r+");
  const record = renderMasterBootRecord(
    readFileSync("/stand-in/syslinux/mbr.bin"),
    randomBytes(4).readUInt32LE(),
    placed,
  );
  // WillWipeDisk: whatever stood in the first MiB (an old GPT, an old boot loader) is gone.
  writeSync(handle, Buffer.alloc(1 << 20), 0, 1 << 20, 0);
  writeSync(handle, record, 0, record.length, 0);
  fsyncSync(handle);
  closeSync(handle);
  tool("blockdev", "--rereadpt", `/dev/${device}`);
  for (const each of placed) {
    if (!existsSync(`/dev/${device}${each.number}`))
      throw new LayoutRefused(`partition ${each.number} did not appear after the table was written`);
  }
}

/**
 * Features that extlinux can read; inode tables stay uninitialised, so that nothing works in the background later. C:\ folds
 * case in the file system itself, as NTFS does.
 */
function format(device: string, placed: PlacedPartition, id: string, isSystem: boolean): void {
  const features = ["^64bit", "^metadata_csum", "uninit_bg", ...(isSystem ? ["casefold"] : [])].join(",");
  tool(
    "mke2fs",
    "-t",
    "ext4",
    "-q",
    "-F",
    "-O",
    features,
    "-i",
    "65536",
    "-J",
    "size=16",
    "-E",
    "lazy_itable_init=1,nodiscard",
    "-U",
    id,
    "-L",
    placed.wanted.label.slice(0, 16),
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

function mount(device: string, folder: string): void {
  tool("mount", "-t", "ext4", "-o", "noatime,noinit_itable", device, folder);
}
