import type { Issue } from "../errors.ts";
import type { AnswerTarget } from "./answer-target.ts";
import { checkInstallTarget } from "./check-install-target.ts";
import { checkModified } from "./check-modified.ts";
import { type ConfiguredDisk, isTrue, readDisks } from "./configured-disk.ts";
import { childText, findSettings } from "./find-settings.ts";
import type { XmlElement } from "./xml-element.ts";

/** Checks that the disks' layout can be made, fits the firmware, and holds the partition that Windows goes to. */
export function checkDisks(document: XmlElement, target: AnswerTarget): Issue[] {
  const { firmware } = target;
  const disks = readDisks(document);
  const [boot = "0"] = findSettings(document, setup, "ImageInstall/OSImage/InstallTo/DiskID").map(
    ({ text }) => text,
  );
  return [
    ...disks.flatMap((disk) => [
      ...checkSizes(disk),
      ...(firmware === "bios" ? checkForBios(disk, disk.id === boot) : checkForUefi(disk, disk.id === boot)),
      ...checkModified(disk, firmware),
    ]),
    ...checkInstallTarget(document, disks, target),
  ];
}

const setup = "Microsoft-Windows-Setup";
const configuration = `${setup}/DiskConfiguration/Disk`;
const create = `${configuration}/CreatePartitions`;

function checkSizes(disk: ConfiguredDisk): Issue[] {
  return disk.created.flatMap((partition, index) => {
    const path = `${create}/CreatePartition[${partition.number}]`;
    const { size, extend } = partition;
    if (extend && size !== undefined) return [{ path, message: "either Size or Extend, got both" }];
    if (!extend && size === undefined) return [{ path, message: "Size or Extend is missing" }];
    if (!extend && Number(size) < 1) return [{ path, message: `Size is MB and at least 1, got ${size}` }];
    if (extend && index < disk.created.length - 1 && partition.type !== "extended") {
      return [{ path, message: "Extend takes the rest of the disk, so no partition can follow" }];
    }
    return [];
  });
}

function checkForBios(disk: ConfiguredDisk, boots: boolean): Issue[] {
  const issues: Issue[] = disk.created
    .filter(({ type }) => type === "efi" || type === "msr")
    .map(({ type, number }) => ({
      path: `${create}/CreatePartition[${number}]`,
      message: `${type.toUpperCase()} partitions need UEFI, and the firmware is BIOS`,
    }));
  if (disk.created.filter(({ type }) => type === "primary" || type === "extended").length > 4) {
    const message = `a BIOS disk has at most 4 partitions, got ${disk.created.length}`;
    issues.push({ path: create, message });
  }
  const active = disk.modified.filter((element) => isTrue(childText(element, "Active")));
  if (boots && disk.wiped && active.length === 0) {
    issues.push({
      path: `${configuration}/ModifyPartitions`,
      message: "no partition is Active, so a BIOS cannot start from the disk",
    });
  }
  if (active.length > 1) {
    issues.push({
      path: `${configuration}/ModifyPartitions`,
      message: `one partition can be Active, got ${active.length}`,
    });
  }
  return [...issues, ...checkLogical(disk)];
}

function checkLogical(disk: ConfiguredDisk): Issue[] {
  const extended = disk.created.findIndex(({ type }) => type === "extended");
  return disk.created
    .filter(({ type }, index) => type === "logical" && (extended === -1 || extended > index))
    .map(({ number }) => ({
      path: `${create}/CreatePartition[${number}]`,
      message: "a logical partition needs an extended one before it",
    }));
}

function checkForUefi(disk: ConfiguredDisk, boots: boolean): Issue[] {
  const issues: Issue[] = disk.created
    .filter(({ type }) => type === "extended" || type === "logical")
    .map(({ type, number }) => ({
      path: `${create}/CreatePartition[${number}]`,
      message: `${type} partitions need BIOS, and the firmware is UEFI`,
    }));
  for (const type of ["efi", "msr"]) {
    const count = disk.created.filter((partition) => partition.type === type).length;
    if (count > 1)
      issues.push({ path: create, message: `one ${type.toUpperCase()} partition at most, got ${count}` });
  }
  const efi = disk.created.find(({ type }) => type === "efi");
  if (boots && disk.wiped && efi === undefined) {
    issues.push({ path: create, message: "no EFI partition, so UEFI cannot start from the disk" });
  }
  if (efi?.size !== undefined && Number(efi.size) < 100) {
    const path = `${create}/CreatePartition[${efi.number}]`;
    issues.push({ path, message: `100 MB or more, got ${efi.size}` });
  }
  if (disk.modified.some((element) => isTrue(childText(element, "Active")))) {
    issues.push({
      path: `${configuration}/ModifyPartitions`,
      message: "Active is for BIOS disks, and the firmware is UEFI",
    });
  }
  return issues;
}
