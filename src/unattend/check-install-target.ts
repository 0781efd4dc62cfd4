import type { Issue } from "../errors.ts";
import type { AnswerTarget } from "./answer-target.ts";
import type { ConfiguredDisk } from "./configured-disk.ts";
import { childText, findSettings } from "./find-settings.ts";
import type { XmlElement } from "./xml-element.ts";

/** Checks that Windows goes to a partition that is there, that it can start from, and that it fits on. */
export function checkInstallTarget(
  document: XmlElement,
  disks: readonly ConfiguredDisk[],
  { architecture }: AnswerTarget,
): Issue[] {
  const minimumMB = architecture === "x86" ? 16_000 : 20_000;
  return findSettings(document, "Microsoft-Windows-Setup", "ImageInstall/OSImage/InstallTo").flatMap(
    (target) => {
      const diskId = childText(target, "DiskID") ?? "nothing";
      const id = childText(target, "PartitionID") ?? "nothing";
      const disk = disks.find((candidate) => candidate.id === diskId);
      if (disk === undefined) return [{ path, message: `DiskID names no configured disk, got ${diskId}` }];
      const partition = disk.created.find((candidate) => candidate.id === id);
      if (partition === undefined) {
        if (!disk.wiped && disk.created.length === 0) return [];
        return [{ path, message: `PartitionID names no partition of the disk, got ${id}` }];
      }
      const { type, size, extend } = partition;
      if (type !== "primary" && type !== "logical") {
        return [{ path, message: `partition ${id} is ${type.toUpperCase()}; Windows needs a primary one` }];
      }
      if (!extend && !isExtended(disk, id) && Number(size) < minimumMB) {
        return [{ path, message: `partition ${id} has ${size} MB; Windows needs ${minimumMB} or more` }];
      }
      return checkFormat(disk, id);
    },
  );
}

const path = "Microsoft-Windows-Setup/ImageInstall/OSImage/InstallTo";

function isExtended(disk: ConfiguredDisk, id: string): boolean {
  return childText(modified(disk, id) ?? none, "Extend")?.toLowerCase() === "true";
}

function checkFormat(disk: ConfiguredDisk, id: string): Issue[] {
  const change = modified(disk, id) ?? none;
  const format = childText(change, "Format");
  if (format?.toUpperCase() !== "NTFS") {
    return [{ path, message: `partition ${id} has to be formatted with NTFS, got ${format ?? "nothing"}` }];
  }
  // Windows gives partitions of these types no letter.
  const typeId = childText(change, "TypeID")?.toLowerCase();
  if (typeId === undefined || !/^(0x27|de94bba4-06d1-4d40-a16a-bfd50179d6ac)$/.test(typeId)) return [];
  return [{ path, message: `partition ${id} is a recovery partition (TypeID ${typeId})` }];
}

const none: XmlElement = { name: "", attributes: {}, children: [], text: "" };

function modified(disk: ConfiguredDisk, id: string): XmlElement | undefined {
  return disk.modified.find((element) => childText(element, "PartitionID") === id);
}
