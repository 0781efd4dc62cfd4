import type { Firmware } from "../catalogue/release.ts";
import type { Issue } from "../errors.ts";
import { childText, findChildren, findSettings } from "./find-settings.ts";
import type { XmlElement } from "./xml-element.ts";

/** Checks that the disks' layout can be made, fits the firmware, and holds the partition that Windows goes to. */
export function checkDisks(document: XmlElement, firmware: Firmware): Issue[] {
  const disks = findSettings(document, setup, "DiskConfiguration/Disk").map(readDisk);
  return [
    ...disks.flatMap((disk) => [
      ...checkSizes(disk),
      ...(firmware === "bios" ? checkForBios(disk) : checkForUefi(disk)),
      ...checkModified(disk),
    ]),
    ...checkTarget(document, disks),
  ];
}

const setup = "Microsoft-Windows-Setup";
const configuration = `${setup}/DiskConfiguration/Disk`;

interface Disk {
  readonly id: string;
  readonly wiped: boolean;
  /** In the order in which Setup makes them: the first is partition 1. */
  readonly created: readonly Partition[];
  readonly modified: readonly XmlElement[];
}

interface Partition {
  /** Its place in the list. */
  readonly number: string;
  /** What PartitionID calls it; an extended one has none and does not count (Microsoft, modifypartition-extend). */
  readonly id: string | undefined;
  readonly type: string;
  readonly size: string | undefined;
  readonly extend: boolean;
}

function readDisk(disk: XmlElement): Disk {
  const created = findChildren(disk, "CreatePartitions")
    .flatMap((list) => findChildren(list, "CreatePartition"))
    .toSorted((a, b) => Number(childText(a, "Order")) - Number(childText(b, "Order")))
    .map((element, index) => ({
      number: String(index + 1),
      type: childText(element, "Type")?.toLowerCase() ?? "",
      size: childText(element, "Size"),
      extend: isTrue(childText(element, "Extend")),
    }))
    .map((partition, index, all) => ({ ...partition, id: partitionId(all, index) }));
  return {
    id: childText(disk, "DiskID") ?? "",
    wiped: isTrue(childText(disk, "WillWipeDisk")),
    created,
    modified: findChildren(disk, "ModifyPartitions").flatMap((list) => findChildren(list, "ModifyPartition")),
  };
}

function partitionId(all: readonly { readonly type: string }[], index: number): string | undefined {
  if (all[index]?.type === "extended") return undefined;
  return String(all.slice(0, index + 1).filter(({ type }) => type !== "extended").length);
}

function checkSizes(disk: Disk): Issue[] {
  const path = `${configuration}/CreatePartitions/CreatePartition`;
  return disk.created.flatMap((partition, index) => {
    const name = `${path}[${partition.number}]`;
    const { size, extend } = partition;
    if (extend && size !== undefined) return [{ path: name, message: "either Size or Extend, got both" }];
    if (!extend && size === undefined) return [{ path: name, message: "Size or Extend is missing" }];
    if (!extend && Number(size) < 1)
      return [{ path: name, message: `Size is MB and at least 1, got ${size}` }];
    if (extend && index < disk.created.length - 1 && partition.type !== "extended") {
      return [{ path: name, message: "Extend takes the rest of the disk, so no partition can follow" }];
    }
    return [];
  });
}

function checkForBios(disk: Disk): Issue[] {
  const path = `${configuration}/CreatePartitions`;
  const issues: Issue[] = disk.created
    .filter(({ type }) => type === "efi" || type === "msr")
    .map(({ type, number }) => ({
      path: `${path}/CreatePartition[${number}]`,
      message: `${type.toUpperCase()} partitions need UEFI, and the firmware is BIOS`,
    }));
  if (disk.created.filter(({ type }) => type === "primary" || type === "extended").length > 4) {
    issues.push({ path, message: `a BIOS disk has at most 4 partitions, got ${disk.created.length}` });
  }
  if (disk.wiped && !disk.modified.some((element) => isTrue(childText(element, "Active")))) {
    issues.push({
      path: `${configuration}/ModifyPartitions`,
      message: "no partition is Active, so a BIOS cannot start from the disk",
    });
  }
  return issues;
}

function checkForUefi(disk: Disk): Issue[] {
  const path = `${configuration}/CreatePartitions`;
  const issues: Issue[] = disk.created
    .filter(({ type }) => type === "extended" || type === "logical")
    .map(({ type, number }) => ({
      path: `${path}/CreatePartition[${number}]`,
      message: `${type} partitions need BIOS, and the firmware is UEFI`,
    }));
  const efi = disk.created.find(({ type }) => type === "efi");
  if (disk.wiped && efi === undefined) {
    issues.push({ path, message: "no EFI partition, so UEFI cannot start from the disk" });
  }
  if (efi?.size !== undefined && Number(efi.size) < 100) {
    issues.push({
      path: `${path}/CreatePartition[${efi.number}]`,
      message: `100 MB or more, got ${efi.size}`,
    });
  }
  if (disk.modified.some((element) => isTrue(childText(element, "Active")))) {
    issues.push({
      path: `${configuration}/ModifyPartitions`,
      message: "Active is for BIOS disks, and the firmware is UEFI",
    });
  }
  return issues;
}

function checkModified(disk: Disk): Issue[] {
  const path = `${configuration}/ModifyPartitions/ModifyPartition`;
  return disk.modified.flatMap((element) => {
    const number = childText(element, "PartitionID") ?? "nothing";
    const partition = disk.created.find((candidate) => candidate.id === number);
    const format = childText(element, "Format");
    if (partition === undefined) {
      if (!disk.wiped) return [];
      return [{ path, message: `PartitionID names no partition of the disk, got ${number}` }];
    }
    if (partition.type === "msr" && format !== undefined) {
      return [{ path: `${path}[${number}]`, message: "an MSR partition cannot be formatted" }];
    }
    if (partition.type === "efi" && format?.toUpperCase() !== "FAT32") {
      return [
        { path: `${path}[${number}]`, message: `an EFI partition is FAT32, got ${format ?? "nothing"}` },
      ];
    }
    return [];
  });
}

function checkTarget(document: XmlElement, disks: readonly Disk[]): Issue[] {
  const path = `${setup}/ImageInstall/OSImage/InstallTo`;
  return findSettings(document, setup, "ImageInstall/OSImage/InstallTo").flatMap((target) => {
    const diskId = childText(target, "DiskID") ?? "nothing";
    const number = childText(target, "PartitionID") ?? "nothing";
    const disk = disks.find(({ id }) => id === diskId);
    if (disk === undefined) return [{ path, message: `DiskID names no configured disk, got ${diskId}` }];
    if (!disk.wiped) return [];
    const partition = disk.created.find((candidate) => candidate.id === number);
    if (partition === undefined) {
      return [{ path, message: `PartitionID names no partition of the disk, got ${number}` }];
    }
    if (partition.type === "primary" || partition.type === "logical") return [];
    return [
      {
        path,
        message: `partition ${number} is ${partition.type.toUpperCase()}; Windows needs a primary one`,
      },
    ];
  });
}

function isTrue(text: string | undefined): boolean {
  return text?.toLowerCase() === "true";
}
