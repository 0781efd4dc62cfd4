import type { AnswerSettings } from "./settings.ts";
import { group, item, type Setting, value } from "./tree.ts";

/**
 * The first disk, wiped and laid out for the firmware: BIOS/MBR gets System Reserved and Windows, UEFI/GPT gets EFI,
 * MSR and Windows. Sizes are MB; Windows takes the rest, and Setup makes its recovery partition of it itself.
 */
export function diskConfiguration(firmware: AnswerSettings["firmware"]): Setting {
  const layout = firmware === "bios" ? mbr : gpt;
  return group(
    "DiskConfiguration",
    item(
      "Disk",
      group("CreatePartitions", ...layout.create),
      value("DiskID", 0),
      group("ModifyPartitions", ...layout.modify),
      value("WillWipeDisk", true),
    ),
    value("WillShowUI", "OnError"),
  );
}

/** The partition that Windows goes to; on GPT the MSR counts. */
export function windowsPartition(firmware: AnswerSettings["firmware"]): number {
  return firmware === "bios" ? 2 : 3;
}

const mbr = {
  create: [create(1, "Primary", 500), create(2, "Primary", "rest")],
  modify: [
    modify(1, 1, value("Active", true), value("Format", "NTFS"), value("Label", "System Reserved")),
    modify(2, 2, value("Format", "NTFS"), value("Label", "Windows"), value("Letter", "C")),
  ],
};

const gpt = {
  // 260 fits disks of 4 KiB sectors too.
  create: [create(1, "EFI", 260), create(2, "MSR", 16), create(3, "Primary", "rest")],
  // The MSR cannot be modified, so partition 2 is left out.
  modify: [
    modify(1, 1, value("Format", "FAT32"), value("Label", "System")),
    modify(2, 3, value("Format", "NTFS"), value("Label", "Windows"), value("Letter", "C")),
  ],
};

function create(order: number, type: "Primary" | "EFI" | "MSR", size: number | "rest"): Setting {
  return item(
    "CreatePartition",
    ...(size === "rest" ? [value("Extend", true)] : []),
    value("Order", order),
    ...(size === "rest" ? [] : [value("Size", size)]),
    value("Type", type),
  );
}

function modify(order: number, partition: number, ...settings: readonly Setting[]): Setting {
  return item("ModifyPartition", ...settings, value("Order", order), value("PartitionID", partition));
}
