import { addAt, element, listItem } from "../mutable-document.ts";
import {
  add,
  bios,
  create,
  disk,
  installTo,
  modify,
  type Mutation,
  mutation,
  remove,
  set,
  uefi,
} from "./mutation.ts";

const recovery = "de94bba4-06d1-4d40-a16a-bfd50179d6ac";
const label = listItem(
  "ModifyPartition",
  element("Order", "3"),
  element("PartitionID", "2"),
  element("Label", "x"),
);

/** Layouts that cannot be made, or that the firmware does not start from. */
export const disks: readonly Mutation[] = [
  mutation(
    "both Size and Extend",
    add(create, element("Extend", "true")),
    /CreatePartition\[1\]: either Size or Extend, got both/,
  ),
  mutation(
    "neither Size nor Extend",
    remove(`${create}[1]/Size`),
    /CreatePartition\[1\]: Size or Extend is missing/,
  ),
  mutation(
    "a size of nothing",
    set(`${create}[1]/Size`, "0"),
    /CreatePartition\[1\]: Size is MB and at least 1, got 0/,
  ),
  mutation("a partition without a type", remove(`${create}[1]/Type`), /CreatePartition\/Type: missing/),
  mutation(
    "an EFI partition under BIOS",
    set(`${create}[1]/Type`, "EFI"),
    /CreatePartition\[1\]: EFI partitions need UEFI/,
    bios,
  ),
  mutation(
    "an MSR partition under BIOS",
    set(`${create}[1]/Type`, "MSR"),
    /CreatePartition\[1\]: MSR partitions need UEFI/,
    bios,
  ),
  mutation(
    "a logical partition without an extended one",
    set(`${create}[2]/Type`, "Logical"),
    /CreatePartition\[2\]: a logical partition needs an extended one before it/,
    bios,
  ),
  mutation(
    "no active partition under BIOS",
    remove(`${modify}/Active`),
    /ModifyPartitions: no partition is Active/,
    bios,
  ),
  mutation(
    "two active partitions",
    add(`${modify}[2]`, element("Active", "true")),
    /ModifyPartitions: one partition can be Active, got 2/,
    bios,
  ),
  mutation(
    "an active partition under UEFI",
    add(`${modify}[1]`, element("Active", "true")),
    /ModifyPartitions: Active is for BIOS disks/,
    uefi,
  ),
  mutation(
    "a logical partition under UEFI",
    set(`${create}[2]/Type`, "Logical"),
    /CreatePartition\[2\]: logical partitions need BIOS/,
    uefi,
  ),
  mutation(
    "no EFI partition under UEFI",
    set(`${create}[1]/Type`, "Primary"),
    /CreatePartitions: no EFI partition/,
    uefi,
  ),
  mutation(
    "two EFI partitions",
    set(`${create}[2]/Type`, "EFI"),
    /CreatePartitions: one EFI partition at most, got 2/,
    uefi,
  ),
  mutation(
    "an EFI partition that is too small",
    set(`${create}[1]/Size`, "50"),
    /CreatePartition\[1\]: 100 MB or more, got 50/,
    uefi,
  ),
  mutation(
    "an EFI partition with NTFS",
    set(`${modify}[1]/Format`, "NTFS"),
    /ModifyPartition\[1\]: an EFI partition is FAT32, got NTFS/,
    uefi,
  ),
  mutation(
    "a modified MSR partition",
    add(`${disk}/ModifyPartitions`, label),
    /ModifyPartition\[2\]: an MSR partition cannot be modified, got Label/,
    uefi,
  ),
  mutation("the letter of WinPE", set(`${modify}[2]/Letter`, "X"), /Letter: X: is WinPE's own drive/),
  mutation(
    "the letter of a share",
    set(`${modify}[2]/Letter`, "S"),
    /Letter: .* the shares of every session/,
  ),
  mutation(
    "the letter of a floppy",
    set(`${modify}[2]/Letter`, "A"),
    /Letter: has to be a letter from C to Z/,
  ),
  mutation(
    "a letter twice",
    add(`${modify}[1]`, element("Letter", "C")),
    /Letter: two partitions have the letter C/,
  ),
  mutation(
    "a partition type of GPT on an MBR disk",
    add(`${modify}[2]`, element("TypeID", recovery)),
    /ModifyPartition\[2\]\/TypeID: has to be a byte/,
    bios,
  ),
  mutation(
    "a partition type of MBR on a GPT disk",
    (document) => addAt(document, `${modify}[2]`, element("TypeID", "0x27")),
    /ModifyPartition\[3\]\/TypeID: has to be a GUID/,
    uefi,
  ),
  mutation(
    "a partition type in braces",
    add(`${modify}[2]`, element("TypeID", `{${recovery}}`)),
    /TypeID: has to be such as 0x27/,
  ),
  mutation(
    "a modified partition that nobody makes",
    set(`${modify}[1]/PartitionID`, "7"),
    /ModifyPartition: PartitionID names no partition of the disk, got 7/,
  ),
  mutation(
    "Windows on a disk that is not there",
    set(`${installTo}/DiskID`, "1"),
    /InstallTo: DiskID names no configured disk, got 1/,
  ),
  mutation(
    "Windows on a partition that is not there",
    set(`${installTo}/PartitionID`, "9"),
    /InstallTo: PartitionID names no partition of the disk, got 9/,
  ),
  mutation(
    "Windows on the EFI partition",
    set(`${installTo}/PartitionID`, "1"),
    /InstallTo: partition 1 is EFI; Windows needs a primary one/,
    uefi,
  ),
  mutation(
    "Windows on the MSR partition",
    set(`${installTo}/PartitionID`, "2"),
    /InstallTo: partition 2 is MSR/,
    uefi,
  ),
  mutation(
    "Windows on a recovery partition",
    add(`${modify}[2]`, element("TypeID", "0x27")),
    /InstallTo: partition 2 is a recovery partition/,
    bios,
  ),
  mutation(
    "Windows on a partition that is too small",
    set(`${installTo}/PartitionID`, "1"),
    /InstallTo: partition 1 has 500 MB; Windows needs (16000|20000) or more/,
    bios,
  ),
  mutation(
    "Windows on a partition without a format",
    remove(`${modify}[2]/Format`),
    /InstallTo: partition \d has to be formatted with NTFS, got nothing/,
  ),
];
