import type { Firmware } from "../catalogue/release.ts";
import type { Issue } from "../errors.ts";
import type { ConfiguredDisk, ConfiguredPartition } from "./configured-disk.ts";
import { childText } from "./find-settings.ts";
import type { XmlElement } from "./xml-element.ts";

/** Checks what is done to the partitions of a disk: that they exist, and that their type and the firmware allow it. */
export function checkModified(disk: ConfiguredDisk, firmware: Firmware): Issue[] {
  return [...disk.modified.flatMap((element) => checkOne(element, disk, firmware)), ...checkLetters(disk)];
}

const path = "Microsoft-Windows-Setup/DiskConfiguration/Disk/ModifyPartitions/ModifyPartition";

function checkOne(element: XmlElement, disk: ConfiguredDisk, firmware: Firmware): Issue[] {
  const number = childText(element, "PartitionID") ?? "nothing";
  const partition = disk.created.find((candidate) => candidate.id === number);
  if (partition === undefined) {
    // What is on a disk that keeps its partitions is not in the file.
    if (!disk.wiped && disk.created.length === 0) return [];
    return [{ path, message: `PartitionID names no partition of the disk, got ${number}` }];
  }
  const where = `${path}[${number}]`;
  return [...checkType(element, partition, where), ...checkTypeId(element, firmware, where)];
}

function checkType(element: XmlElement, { type }: ConfiguredPartition, where: string): Issue[] {
  const format = childText(element, "Format");
  if (type === "msr") {
    if (format !== undefined) return [{ path: where, message: "an MSR partition cannot be formatted" }];
    // An item of Order and PartitionID alone is everywhere, and harmless.
    const changes = element.children
      .map(({ name }) => name)
      .filter((name) => !/^(Order|PartitionID)$/i.test(name));
    if (changes.length === 0) return [];
    return [{ path: where, message: `an MSR partition cannot be modified, got ${changes.join(", ")}` }];
  }
  if (type === "efi" && format?.toUpperCase() !== "FAT32") {
    return [{ path: where, message: `an EFI partition is FAT32, got ${format ?? "nothing"}` }];
  }
  return [];
}

function checkTypeId(element: XmlElement, firmware: Firmware, where: string): Issue[] {
  const typeId = childText(element, "TypeID");
  if (typeId === undefined || /^0x/i.test(typeId) === (firmware === "bios")) return [];
  const wanted = firmware === "bios" ? "a byte such as 0x27 on a BIOS disk" : "a GUID on a UEFI disk";
  return [{ path: `${where}/TypeID`, message: `has to be ${wanted}, got ${JSON.stringify(typeId)}` }];
}

function checkLetters(disk: ConfiguredDisk): Issue[] {
  const letters = disk.modified.map((element) => childText(element, "Letter")?.toUpperCase());
  return letters
    .filter((letter, index) => letter !== undefined && letters.indexOf(letter) < index)
    .map((letter) => ({ path: `${path}/Letter`, message: `two partitions have the letter ${letter}` }));
}
