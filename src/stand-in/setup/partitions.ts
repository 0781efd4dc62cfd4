import type { SetupAnswers, WantedPartition } from "./answers.ts";

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

/** The partition that InstallTo names, or why Windows cannot go there. */
export function findWindowsPartition(
  answers: Pick<SetupAnswers, "diskId" | "installTo">,
  placed: readonly PlacedPartition[],
): PlacedPartition {
  const { diskId, partitionId } = answers.installTo;
  const system = placed.find((each) => each.number === partitionId);
  if (diskId !== answers.diskId || system === undefined)
    throw new LayoutRefused(
      `InstallTo names disk ${diskId} partition ${partitionId}, which the answer file does not create`,
    );
  const { type, typeId, format } = system.wanted;
  if (type !== "Primary" || typeId !== undefined)
    throw new LayoutRefused(
      `InstallTo names partition ${partitionId}, which is ${typeId === undefined ? type : `of type ${typeId}`}; Windows needs an ordinary primary one`,
    );
  if (format !== "NTFS")
    throw new LayoutRefused(
      `partition ${system.number} has to be formatted as NTFS, got ${format ?? "no format"}`,
    );
  return system;
}
