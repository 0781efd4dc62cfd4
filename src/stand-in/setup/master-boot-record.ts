import type { WantedPartition } from "./answers.ts";

/** A partition with its place; sectors of 512 bytes. */
export interface PlacedPartition {
  readonly wanted: WantedPartition;
  /** From 1. */
  readonly number: number;
  readonly firstSector: number;
  readonly sectors: number;
}

/** Setup refuses the layout; the message is the reason. */
export class LayoutRefused extends Error {
  override readonly name = "LayoutRefused";
}

const sectorsPerMiB = 2048;

/** Places the partitions one after the other from 1 MiB on, aligned to MiB, or refuses. */
export function placePartitions(wanted: readonly WantedPartition[], diskSectors: number): PlacedPartition[] {
  if (wanted.length === 0) throw new LayoutRefused("the answer file creates no partition");
  if (wanted.length > 4)
    throw new LayoutRefused(`an MBR disk has at most 4 primary partitions, got ${wanted.length}`);
  const foreign = wanted.find((each) => each.type !== "Primary");
  if (foreign !== undefined)
    throw new LayoutRefused(`a partition of type ${foreign.type} does not fit an MBR disk (BIOS)`);
  const active = wanted.filter((each) => each.active).length;
  if (active !== 1) throw new LayoutRefused(`an MBR disk needs one active partition, got ${active}`);
  let next = sectorsPerMiB;
  return wanted.map((each, index) => {
    const left = Math.floor((diskSectors - next) / sectorsPerMiB) * sectorsPerMiB;
    if (each.sizeMiB === undefined && index !== wanted.length - 1)
      throw new LayoutRefused("only the last partition can take all that is left");
    const sectors = each.sizeMiB === undefined ? left : each.sizeMiB * sectorsPerMiB;
    if (sectors > left || sectors <= 0) {
      throw new LayoutRefused(
        `partition ${index + 1} needs ${each.sizeMiB ?? 1} MB and the disk has ${Math.max(0, Math.floor(left / sectorsPerMiB))} MB left`,
      );
    }
    const placed = { wanted: each, number: index + 1, firstSector: next, sectors };
    next += sectors;
    return placed;
  });
}

/** Sector 0: boot code (at most 440 bytes), disk signature and partition table. */
export function renderMasterBootRecord(
  bootCode: Uint8Array,
  signature: number,
  partitions: readonly PlacedPartition[],
): Uint8Array {
  const sector = Buffer.alloc(512);
  sector.set(bootCode.subarray(0, 440));
  sector.writeUInt32LE(signature >>> 0, 440);
  for (const { wanted, number, firstSector, sectors } of partitions) {
    const entry = 446 + (number - 1) * 16;
    sector[entry] = wanted.active ? 0x80 : 0;
    // Cylinder, head and sector say "too far for CHS": every reader uses the sector numbers.
    sector.set([0xfe, 0xff, 0xff], entry + 1);
    // The type that Windows gives; ext4 plays NTFS inside.
    sector[entry + 4] = wanted.format === "FAT32" ? 0x0c : 0x07;
    sector.set([0xfe, 0xff, 0xff], entry + 5);
    sector.writeUInt32LE(firstSector, entry + 8);
    sector.writeUInt32LE(sectors, entry + 12);
  }
  sector.writeUInt16LE(0xaa55, 510);
  return sector;
}
