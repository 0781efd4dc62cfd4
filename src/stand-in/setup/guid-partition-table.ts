import { crc32 } from "node:zlib";
import type { WantedPartition } from "./answers.ts";
import { guidBytes, isGuid } from "./guid.ts";
import { LayoutRefused, type PlacedPartition, placeInOrder } from "./partitions.ts";

/** Types as the UEFI specification and Microsoft give them. */
const types = {
  efi: "c12a7328-f81f-11d2-ba4b-00a0c93ec93b",
  msr: "e3c9e316-0b5c-4db8-817d-f92df00215ae",
  basicData: "ebd0a0a2-b9e5-4433-87c0-68b6b72699c7",
} as const;

const sectorBytes = 512;
const entryBytes = 128;
const entryCount = 128;
const entrySectors = (entryBytes * entryCount) / sectorBytes;
/** Header and entries, at the end of the disk once more. */
const backupSectors = 1 + entrySectors;

/** Places the partitions of a UEFI disk, or refuses. */
export function placeOnGpt(wanted: readonly WantedPartition[], diskSectors: number): PlacedPartition[] {
  const foreign = wanted.find((each) => each.type === "Extended" || each.type === "Logical");
  if (foreign !== undefined)
    throw new LayoutRefused(`a partition of type ${foreign.type} does not fit a GPT disk (UEFI)`);
  if (wanted.some((each) => each.active))
    throw new LayoutRefused("no partition of a GPT disk (UEFI) can be Active");
  const placed = placeInOrder(wanted, diskSectors - backupSectors);
  const efi = placed.filter((each) => each.wanted.type === "EFI");
  if (efi.length !== 1) throw new LayoutRefused(`a GPT disk needs one EFI partition, got ${efi.length}`);
  for (const { wanted: each, number } of placed) {
    if (each.type === "EFI" && each.format !== "FAT32")
      throw new LayoutRefused(
        `partition ${number} is the EFI partition and has to be formatted as FAT32, got ${each.format ?? "no format"}`,
      );
    if (each.type === "MSR" && each.format !== undefined)
      throw new LayoutRefused(
        `partition ${number} is the MSR, which cannot be formatted, got ${each.format}`,
      );
    if (each.typeId !== undefined && !isGuid(each.typeId))
      throw new LayoutRefused(
        `partition ${number}: TypeID has to be a GUID without braces on a GPT disk, got ${each.typeId}`,
      );
  }
  return placed;
}

/** A disk's two tables, with where they go. */
export interface GuidPartitionTable {
  /** From sector 0 on: protective MBR, header, entries. */
  readonly head: Uint8Array;
  /** From `tailSector` on: entries, header. */
  readonly tail: Uint8Array;
  readonly tailSector: number;
}

/** Both tables of a disk; `guidOf` gives the partitions' own ids by their number, and the disk's for 0. */
export function renderGuidPartitionTable(
  partitions: readonly PlacedPartition[],
  diskSectors: number,
  guidOf: (number: number) => string,
): GuidPartitionTable {
  const entries = renderEntries(partitions, guidOf);
  const header = (own: number, other: number, entriesAt: number): Buffer =>
    renderHeader({ own, other, entriesAt, diskSectors, diskGuid: guidOf(0), entriesSum: crc32(entries) });
  const last = diskSectors - 1;
  const tailSector = diskSectors - backupSectors;
  return {
    head: Buffer.concat([renderProtectiveMbr(diskSectors), header(1, last, 2), entries]),
    tail: Buffer.concat([entries, header(last, 1, tailSector)]),
    tailSector,
  };
}

function renderEntries(partitions: readonly PlacedPartition[], guidOf: (number: number) => string): Buffer {
  const entries = Buffer.alloc(entryBytes * entryCount);
  for (const { wanted, number, firstSector, sectors } of partitions) {
    const at = (number - 1) * entryBytes;
    entries.set(guidBytes(typeOf(wanted)), at);
    entries.set(guidBytes(guidOf(number)), at + 16);
    entries.writeBigUInt64LE(BigInt(firstSector), at + 32);
    entries.writeBigUInt64LE(BigInt(firstSector + sectors - 1), at + 40);
    entries.write(nameOf(wanted), at + 56, 72, "utf16le");
  }
  return entries;
}

function typeOf({ type, typeId }: WantedPartition): string {
  if (type === "EFI") return types.efi;
  if (type === "MSR") return types.msr;
  return typeId ?? types.basicData;
}

// What Windows writes; nothing reads it.
function nameOf({ type }: WantedPartition): string {
  if (type === "EFI") return "EFI system partition";
  return type === "MSR" ? "Microsoft reserved partition" : "Basic data partition";
}

function renderHeader(parts: {
  readonly own: number;
  readonly other: number;
  readonly entriesAt: number;
  readonly diskSectors: number;
  readonly diskGuid: string;
  readonly entriesSum: number;
}): Buffer {
  const headerBytes = 92;
  const header = Buffer.alloc(sectorBytes);
  header.write("EFI PART", 0, "latin1");
  header.writeUInt32LE(0x00010000, 8);
  header.writeUInt32LE(headerBytes, 12);
  header.writeBigUInt64LE(BigInt(parts.own), 24);
  header.writeBigUInt64LE(BigInt(parts.other), 32);
  header.writeBigUInt64LE(BigInt(2 + entrySectors), 40);
  header.writeBigUInt64LE(BigInt(parts.diskSectors - backupSectors - 1), 48);
  header.set(guidBytes(parts.diskGuid), 56);
  header.writeBigUInt64LE(BigInt(parts.entriesAt), 72);
  header.writeUInt32LE(entryCount, 80);
  header.writeUInt32LE(entryBytes, 84);
  header.writeUInt32LE(parts.entriesSum, 88);
  // Its own sum is taken while its field is zero.
  header.writeUInt32LE(crc32(header.subarray(0, headerBytes)), 16);
  return header;
}

/** Keeps programs that know no GPT from taking the disk for an empty one: one partition over all of it. */
function renderProtectiveMbr(diskSectors: number): Buffer {
  const sector = Buffer.alloc(sectorBytes);
  sector.set([0x00, 0x00, 0x02, 0x00, 0xee, 0xff, 0xff, 0xff], 446);
  sector.writeUInt32LE(1, 454);
  sector.writeUInt32LE(Math.min(diskSectors - 1, 0xffffffff), 458);
  sector.writeUInt16LE(0xaa55, 510);
  return sector;
}
