import type { Family, Firmware } from "../catalogue/release.ts";
import type { Spec } from "../spec/schema.ts";
import type { DiskLayout, Partition } from "../unattend/settings.ts";

/**
 * The first disk as the spec lays it out, or as the firmware needs it: BIOS/MBR gets System Reserved and Windows,
 * UEFI/GPT gets EFI, MSR and Windows. Windows takes the rest, and Setup makes its recovery partition of it itself.
 */
export function planDisk(spec: Spec, firmware: Firmware, family: Family): DiskLayout {
  const wanted = spec.windows.disk?.partitions;
  const table = firmware === "bios" ? "mbr" : "gpt";
  if (wanted === undefined) return defaultLayout(firmware, family);
  return {
    table,
    partitions: wanted.map((partition) => ({
      type: partition.type,
      sizeMB: partition.sizeMB ?? null,
      format: partition.format ?? formats[partition.type],
      label: partition.label,
      letter: partition.letter ?? (partition.windows ? "C" : null),
      active: partition.active,
    })),
    installTo: wanted.findIndex((partition) => partition.windows) + 1,
  };
}

/** The layout where a spec gives none. */
export function defaultLayout(firmware: Firmware, family: Family): DiskLayout {
  if (firmware === "bios") return { table: "mbr", partitions: [systemReserved, windows], installTo: 2 };
  // Beginning in Windows 10, the size of the MSR is 16 MB (Microsoft, configure-uefigpt); it was 128 before.
  const msrMB = family === "10" || family === "11" ? 16 : 128;
  const msr: Partition = { ...plain, type: "MSR", sizeMB: msrMB, format: null };
  // The MSR counts.
  return { table: "gpt", partitions: [efi, msr, windows], installTo: 3 };
}

const formats = {
  Primary: "NTFS",
  EFI: "FAT32",
  MSR: null,
  Extended: null,
  Logical: "NTFS",
  Recovery: "NTFS",
} as const;

const plain = { label: "", letter: null, active: false } as const;
const windows: Partition = {
  ...plain,
  type: "Primary",
  sizeMB: null,
  format: "NTFS",
  label: "Windows",
  letter: "C",
};

const systemReserved: Partition = {
  ...plain,
  type: "Primary",
  sizeMB: 500,
  format: "NTFS",
  label: "System Reserved",
  active: true,
};

// 260 fits disks of 4 KiB sectors too.
const efi: Partition = { ...plain, type: "EFI", sizeMB: 260, format: "FAT32", label: "System" };
