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

/**
 * Places partitions one after the other from 1 MiB on, aligned to MiB, up to `endSector` (exclusive); refuses what has no
 * room.
 */
export function placeInOrder(wanted: readonly WantedPartition[], endSector: number): PlacedPartition[] {
  if (wanted.length === 0) throw new LayoutRefused("the answer file creates no partition");
  let next = sectorsPerMiB;
  return wanted.map((each, index) => {
    const left = Math.floor((endSector - next) / sectorsPerMiB) * sectorsPerMiB;
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
