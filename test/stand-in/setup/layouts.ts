import type { WantedPartition } from "../../../src/stand-in/setup/answers.ts";

const plain = { active: false, label: "", letter: undefined, typeId: undefined } as const;

/** The partitions that casement asks for under UEFI, and Windows' recovery partition. */
export const efi: WantedPartition = { ...plain, type: "EFI", sizeMiB: 260, format: "FAT32", label: "System" };
export const msr: WantedPartition = { ...plain, type: "MSR", sizeMiB: 16, format: undefined };
export const windows: WantedPartition = {
  ...plain,
  type: "Primary",
  sizeMiB: undefined,
  format: "NTFS",
  label: "Windows",
  letter: "C",
};
export const recovery: WantedPartition = {
  ...plain,
  type: "Primary",
  sizeMiB: 700,
  format: "NTFS",
  label: "Recovery",
  typeId: "de94bba4-06d1-4d40-a16a-bfd50179d6ac",
};
