import type { Firmware } from "../catalogue/release.ts";
import type { Spec } from "../spec/schema.ts";
import type { DiskLayout, Partition } from "../unattend/settings.ts";

/**
 * The first disk as the spec lays it out, or as the firmware needs it: BIOS/MBR gets System Reserved and Windows,
 * UEFI/GPT gets EFI, MSR and Windows. Windows takes the rest, and Setup makes its recovery partition of it itself.
 */
export function planDisk(spec: Spec, firmware: Firmware): DiskLayout {
  const wanted = spec.windows.disk?.partitions;
  const table = firmware === "bios" ? "mbr" : "gpt";
  if (wanted === undefined) return defaultLayout(firmware);
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
export function defaultLayout(firmware: Firmware): DiskLayout {
  const table = firmware === "bios" ? "mbr" : "gpt";
  return { table, ...defaults[table] };
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

const defaults: Readonly<Record<DiskLayout["table"], Omit<DiskLayout, "table">>> = {
  mbr: {
    partitions: [
      { ...plain, type: "Primary", sizeMB: 500, format: "NTFS", label: "System Reserved", active: true },
      windows,
    ],
    installTo: 2,
  },
  gpt: {
    partitions: [
      // 260 fits disks of 4 KiB sectors too.
      { ...plain, type: "EFI", sizeMB: 260, format: "FAT32", label: "System" },
      { ...plain, type: "MSR", sizeMB: 16, format: null },
      windows,
    ],
    // The MSR counts.
    installTo: 3,
  },
};
