import type { WantedPartition } from "./answers.ts";
import { LayoutRefused, type PlacedPartition, placeInOrder } from "./partitions.ts";

/** Places the partitions of a BIOS disk, or refuses. */
export function placeOnMbr(wanted: readonly WantedPartition[], diskSectors: number): PlacedPartition[] {
  if (wanted.length > 4)
    throw new LayoutRefused(`an MBR disk has at most 4 primary partitions, got ${wanted.length}`);
  const foreign = wanted.find((each) => each.type === "EFI" || each.type === "MSR");
  if (foreign !== undefined)
    throw new LayoutRefused(`a partition of type ${foreign.type} does not fit an MBR disk (BIOS)`);
  const logical = wanted.find((each) => each.type !== "Primary");
  if (logical !== undefined)
    throw new LayoutRefused(
      `partitions of type ${logical.type} are not played by the stand-in, which knows Primary ones on an MBR disk`,
    );
  const placed = placeInOrder(wanted, diskSectors);
  const active = wanted.filter((each) => each.active).length;
  if (active !== 1) throw new LayoutRefused(`an MBR disk needs one active partition, got ${active}`);
  for (const each of placed) mbrType(each);
  return placed;
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
  for (const placed of partitions) {
    const { wanted, number, firstSector, sectors } = placed;
    const entry = 446 + (number - 1) * 16;
    sector[entry] = wanted.active ? 0x80 : 0;
    // Cylinder, head and sector say "too far for CHS": every reader uses the sector numbers.
    sector.set([0xfe, 0xff, 0xff], entry + 1);
    sector[entry + 4] = mbrType(placed);
    sector.set([0xfe, 0xff, 0xff], entry + 5);
    sector.writeUInt32LE(firstSector, entry + 8);
    sector.writeUInt32LE(sectors, entry + 12);
  }
  sector.writeUInt16LE(0xaa55, 510);
  return sector;
}

/** The type that Windows gives; ext4 plays NTFS inside. TypeID is one byte as 0x27 on such a disk (Microsoft, TypeID). */
function mbrType({ wanted, number }: PlacedPartition): number {
  if (wanted.typeId === undefined) return wanted.format === "FAT32" ? 0x0c : 0x07;
  if (!/^0x[0-9a-f]{1,2}$/i.test(wanted.typeId))
    throw new LayoutRefused(
      `partition ${number}: TypeID has to be one byte such as 0x27 on an MBR disk, got ${wanted.typeId}`,
    );
  return Number(wanted.typeId);
}
