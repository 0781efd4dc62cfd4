import { isDeepStrictEqual } from "node:util";
import type { Family, Firmware } from "../catalogue/release.ts";
import { defaultLayout } from "../plan/disk.ts";
import { partitionIds } from "../unattend/partition-ids.ts";
import type { DiskLayout, Partition } from "../unattend/settings.ts";
import type { XmlElement } from "../unattend/xml-element.ts";
import { type AnswerReader, elementsAt, inOrder, textAt } from "./answer-reader.ts";
import { setup } from "./components.ts";
import type { WindowsPart } from "./windows-input.ts";

/** The firmware that a layout is for, undefined where the file lays out no disk, and the layout unless it is casement's own. */
export interface ImportedDisk {
  readonly firmware: Firmware | undefined;
  readonly windows: WindowsPart;
}

/** The disk that Windows goes to as the file lays it out; the layout of that family where it is casement's own. */
export function importDisk(reader: AnswerReader, family: Family): ImportedDisk {
  const disks = reader.takeAll(setup, "DiskConfiguration/Disk");
  const installTo = reader.takeAll(setup, "ImageInstall/OSImage/InstallTo")[0];
  reader.takeAll(setup, "ImageInstall/OSImage/InstallToAvailablePartition");
  const idOf = (disk: XmlElement): string => textAt(disk, "DiskID") ?? "0";
  // The machine that the file was for may have had a medium as its first disk (dockur/windows, WFVM).
  const wanted = installTo === undefined ? "0" : idOf(installTo);
  const first = disks.find((disk) => idOf(disk) === wanted);
  for (const disk of disks.filter((each) => each !== first)) {
    reader.leave(`Disk ${idOf(disk)}`, "the machine has one disk, which Windows goes to");
  }
  if (first === undefined || elementsAt(first, "CreatePartitions/CreatePartition").length === 0) {
    reader.leave(
      "DiskConfiguration",
      `makes no partitions on disk ${wanted}: casement's own layout is taken`,
    );
    return { firmware: undefined, windows: {} };
  }
  if (wanted !== "0") reader.leave(`Disk ${wanted}`, "is disk 0 of the machine, which has one disk");
  if (textAt(first, "WillWipeDisk")?.toLowerCase() === "false") {
    reader.leave(`Disk ${wanted}/WillWipeDisk`, "is false; casement's disk is empty when Setup starts");
  }
  const partitions = readPartitions(first);
  const id = Number(textAt(installTo ?? first, "PartitionID") ?? 0);
  const target = partitionIds(partitions.map(({ type }) => type)).indexOf(id) + 1;
  const firmware = partitions.some(({ type }) => type === "EFI" || type === "MSR") ? "uefi" : "bios";
  return {
    firmware,
    windows: describe(withActive(partitions, firmware), target, defaultLayout(firmware, family)),
  };
}

function readPartitions(disk: XmlElement): Partition[] {
  const modified = elementsAt(disk, "ModifyPartitions/ModifyPartition");
  const elements = inOrder(elementsAt(disk, "CreatePartitions/CreatePartition"));
  const ids = partitionIds(elements.map((created) => textAt(created, "Type") ?? ""));
  return elements.map((created, index) => {
    const changes = modified.find((each) => textAt(each, "PartitionID") === ids[index]?.toString());
    const text = (name: string): string | undefined =>
      changes === undefined ? undefined : textAt(changes, name);
    const size = textAt(created, "Size");
    const extend = [textAt(created, "Extend"), text("Extend")].some((each) => each?.toLowerCase() === "true");
    return {
      type: typeOf(textAt(created, "Type"), text("TypeID")),
      sizeMB: size === undefined || extend ? null : Number(size),
      format: formatOf(text("Format")),
      label: text("Label") ?? "",
      letter: text("Letter")?.toUpperCase() ?? null,
      active: text("Active")?.toLowerCase() === "true",
    };
  });
}

// Setup marks a partition itself where the file marks none: the first one, which it puts the boot manager on.
function withActive(partitions: readonly Partition[], firmware: Firmware): readonly Partition[] {
  if (firmware === "uefi" || partitions.some(({ active }) => active)) return partitions;
  return partitions.map((partition, index) => ({ ...partition, active: index === 0 }));
}

const types = ["Primary", "EFI", "MSR", "Extended", "Logical"] as const;

function typeOf(word: string | undefined, id: string | undefined): Partition["type"] {
  const recovery = ["0x27", "de94bba4-06d1-4d40-a16a-bfd50179d6ac"];
  if (id !== undefined && recovery.includes(id.toLowerCase().replace(/[{}]/g, ""))) return "Recovery";
  return types.find((type) => type.toLowerCase() === word?.toLowerCase()) ?? "Primary";
}

function formatOf(word: string | undefined): Partition["format"] {
  const upper = word?.toUpperCase();
  return upper === "NTFS" || upper === "FAT32" ? upper : null;
}

function describe(partitions: readonly Partition[], target: number, usual: DiskLayout): WindowsPart {
  if (target === usual.installTo && isDeepStrictEqual(partitions.map(shape), usual.partitions.map(shape)))
    return {};
  return {
    disk: {
      partitions: partitions.map(({ type, sizeMB, format, label, letter, active }, index) => ({
        type,
        ...(sizeMB === null ? {} : { sizeMB }),
        ...(format === null || type === "MSR" || type === "Extended" ? {} : { format }),
        ...(label === "" ? {} : { label }),
        ...(letter === null ? {} : { letter }),
        ...(active ? { active } : {}),
        ...(index + 1 === target ? { windows: true } : {}),
      })),
    },
  };
}

// A label tells nobody but a person what a partition is for.
function shape({ type, sizeMB, format, letter, active }: Partition): unknown {
  return [type, sizeMB, type === "MSR" ? null : format, letter, active];
}
