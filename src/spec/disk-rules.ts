import type { Fault } from "./issues.ts";
import type { Subject } from "./rule-subject.ts";
import type { Spec } from "./schema.ts";
import { showValue } from "./show.ts";

/** Rules about `windows.disk`, which depend on the firmware and on the disk's size. */
export function checkDisk(subject: Subject): Fault[] {
  const partitions = subject.spec.windows.disk?.partitions;
  const { spec, release, platform } = subject;
  // Setup of XP takes no layout at all, which winnt-rules.ts says.
  if (partitions === undefined || release.family === "xp") return [];
  const disk: Disk = {
    partitions,
    firmware: spec.hardware.firmware ?? platform.firmwares[0],
    sizeMB: (spec.hardware.diskGiB ?? platform.disk.defaultGiB) * 1024,
    windowsMB: platform.architecture === "x86" ? 16_384 : 20_480,
  };
  return rules.flatMap((rule) => rule(disk));
}

type Partition = NonNullable<Spec["windows"]["disk"]>["partitions"][number];

interface Disk {
  readonly partitions: readonly Partition[];
  readonly firmware: "bios" | "uefi";
  readonly sizeMB: number;
  /** What Windows needs at least (Microsoft, hard drives and partitions). */
  readonly windowsMB: number;
}

const rules: readonly ((disk: Disk) => Fault[])[] = [
  typesFitFirmware,
  windowsIsOne,
  windowsIsAnNtfsPrimary,
  windowsIsC,
  lettersDiffer,
  efiIsThere,
  systemComesFirst,
  fourPrimaries,
  logicalsAreInExtended,
  oneIsActive,
  onlyTheLastIsOpen,
  sizesFit,
  emptyOnesStayEmpty,
  fat32Fits,
];

function typesFitFirmware({ partitions, firmware }: Disk): Fault[] {
  const foreign: readonly string[] = firmware === "bios" ? ["EFI", "MSR"] : ["Extended", "Logical"];
  return each(partitions, ({ type }) =>
    foreign.includes(type)
      ? {
          field: "type",
          message: `hardware.firmware ${firmware} has no such partition, got ${type}; allowed: Primary, Recovery, ${firmware === "bios" ? "Extended, Logical" : "EFI, MSR"}`,
        }
      : undefined,
  );
}

function windowsIsOne({ partitions }: Disk): Fault[] {
  const count = partitions.filter((partition) => partition.windows).length;
  return count === 1
    ? []
    : [whole(`exactly one partition has to be the one for Windows (windows: true), got ${count}`)];
}

function windowsIsAnNtfsPrimary({ partitions }: Disk): Fault[] {
  return each(partitions, ({ windows, type, format }) => {
    if (!windows) return undefined;
    if (type !== "Primary") return { field: "type", message: `Windows goes to a Primary one, got ${type}` };
    if (format === "FAT32") return { field: "format", message: "Windows goes to NTFS, got FAT32" };
    return undefined;
  });
}

// What casement installs is at C:\casement, and Windows itself takes C in any case.
function windowsIsC({ partitions }: Disk): Fault[] {
  return each(partitions, ({ windows, letter }) => {
    if (letter === undefined || windows === (letter === "C")) return undefined;
    const message = windows ? `Windows' own is C, got ${letter}` : "C is Windows' own, got C";
    return { field: "letter", message };
  });
}

function lettersDiffer({ partitions }: Disk): Fault[] {
  return each(partitions, ({ letter }, index) => {
    if (letter === undefined || letter === "C") return undefined;
    const first = partitions.findIndex((partition) => partition.letter === letter);
    if (first === index) return undefined;
    return {
      field: "letter",
      message: `is the letter of windows.disk.partitions[${first}], too, got ${letter}`,
    };
  });
}

function efiIsThere({ partitions, firmware }: Disk): Fault[] {
  if (firmware !== "uefi") return [];
  return [
    ...atMostOne(partitions, "EFI"),
    ...atMostOne(partitions, "MSR"),
    ...(partitions.some(({ type }) => type === "EFI")
      ? []
      : [
          whole("hardware.firmware uefi starts from a partition of type EFI, got none", "Add one of 260 MB."),
        ]),
    ...each(partitions, ({ type, format, sizeMB }) => {
      if (type !== "EFI") return undefined;
      if (format === "NTFS")
        return { field: "format", message: "the firmware reads FAT32 only here, got NTFS" };
      if (sizeMB !== undefined && sizeMB < 100)
        return { field: "sizeMB", message: `has to be at least 100 for EFI, got ${sizeMB}` };
      return undefined;
    }),
  ];
}

function systemComesFirst({ partitions }: Disk): Fault[] {
  const windows = partitions.findIndex((partition) => partition.windows);
  return each(partitions, ({ type }, index) =>
    windows !== -1 && index > windows && (type === "EFI" || type === "MSR")
      ? { field: "type", message: `${type} has to stand before Windows in the list, got place ${index + 1}` }
      : undefined,
  );
}

// What an MBR has room for; what is to be more goes into an extended one.
function fourPrimaries({ partitions, firmware }: Disk): Fault[] {
  if (firmware !== "bios") return [];
  const count = partitions.filter(({ type }) => type !== "Logical").length;
  if (count <= 4) return [];
  const words = "an MBR holds at most 4 partitions that are not Logical";
  return [whole(`${words}, got ${count}`, "Put the others into one of type Extended, as Logical.")];
}

function logicalsAreInExtended({ partitions, firmware }: Disk): Fault[] {
  if (firmware !== "bios") return [];
  const extended = partitions.findIndex(({ type }) => type === "Extended");
  const logicals = partitions.filter(({ type }) => type === "Logical");
  const room = partitions[extended]?.sizeMB;
  const wanted = total(logicals);
  return [
    ...atMostOne(partitions, "Extended"),
    ...each(partitions, ({ type }, index) =>
      type === "Logical" && (extended === -1 || index < extended)
        ? { field: "type", message: "needs one of type Extended before it in the list, got Logical" }
        : undefined,
    ),
    ...(room !== undefined && wanted > room
      ? [
          at(
            extended,
            "sizeMB",
            `has to hold its Logical partitions, which take ${wanted} MB together, got ${room}`,
          ),
        ]
      : []),
  ];
}

function oneIsActive({ partitions, firmware }: Disk): Fault[] {
  const active = partitions.filter((partition) => partition.active).length;
  const misplaced = each(partitions, (partition) =>
    partition.active && (firmware === "uefi" || partition.type !== "Primary")
      ? { field: "active", message: "only a BIOS starts from it, and from a Primary one only, got true" }
      : undefined,
  );
  if (firmware === "uefi" || active === 1) return misplaced;
  return [
    ...misplaced,
    whole(`exactly one partition has to be the one that the BIOS starts (active: true), got ${active}`),
  ];
}

function onlyTheLastIsOpen({ partitions }: Disk): Fault[] {
  return each(partitions, ({ sizeMB }, index) =>
    sizeMB === undefined && index < partitions.length - 1
      ? {
          field: "sizeMB",
          message: `is required and missing; only the last partition (${partitions.length}) may take what is left`,
        }
      : undefined,
  );
}

// One MB at each end is the partition table's.
const tableMB = 2;

function sizesFit({ partitions, sizeMB, windowsMB }: Disk): Fault[] {
  const taken = total(partitions.filter(({ type }) => type !== "Logical"));
  const left = sizeMB - tableMB - taken;
  if (left < 0) {
    const message = `the partitions take ${taken} MB together, and hardware.diskGiB has ${sizeMB - tableMB} MB`;
    return [whole(message, "Make them smaller, or the disk larger: it is sparse.")];
  }
  return each(partitions, (partition) => {
    const size = partition.sizeMB ?? left;
    if (!partition.windows || size >= windowsMB) return undefined;
    const message = `Windows needs at least ${windowsMB} MB, got ${size}`;
    return {
      field: "sizeMB",
      message: partition.sizeMB === undefined ? `${message} that are left` : message,
    };
  });
}

function emptyOnesStayEmpty({ partitions }: Disk): Fault[] {
  return partitions.flatMap((partition, index) => {
    const { type, format, letter, label } = partition;
    if (type !== "MSR" && type !== "Extended") return [];
    const given = { format, letter, label: label === "" ? undefined : label };
    return Object.entries(given)
      .filter(([, value]) => value !== undefined)
      .map(([field, value]) =>
        at(index, field, `a partition of type ${type} has none, got ${showValue(value)}`),
      );
  });
}

function fat32Fits({ partitions }: Disk): Fault[] {
  return each(partitions, ({ type, format, label, sizeMB }) => {
    if ((format ?? (type === "EFI" ? "FAT32" : "NTFS")) !== "FAT32") return undefined;
    if (label.length > 11) {
      return { field: "label", message: `FAT32 has room for 11 characters, got ${showValue(label)}` };
    }
    // Windows formats no larger one, though it reads them.
    if (sizeMB !== undefined && sizeMB > 32_768) {
      return { field: "sizeMB", message: `Windows formats FAT32 up to 32768 MB, got ${sizeMB}` };
    }
    return undefined;
  });
}

function atMostOne(partitions: readonly Partition[], type: Partition["type"]): Fault[] {
  const first = partitions.findIndex((partition) => partition.type === type);
  return each(partitions, (partition, index) =>
    partition.type === type && index !== first
      ? { field: "type", message: `there can be one only, got a second ${type}` }
      : undefined,
  );
}

function total(partitions: readonly Partition[]): number {
  return partitions.reduce((sum, { sizeMB }) => sum + (sizeMB ?? 0), 0);
}

function each(
  partitions: readonly Partition[],
  check: (partition: Partition, index: number) => { field: string; message: string } | undefined,
): Fault[] {
  return partitions.flatMap((partition, index) => {
    const fault = check(partition, index);
    return fault === undefined ? [] : [at(index, fault.field, fault.message)];
  });
}

function at(index: number, field: string, message: string): Fault {
  return { path: ["windows", "disk", "partitions", index, field], message };
}

function whole(message: string, hint?: string): Fault {
  const path = ["windows", "disk", "partitions"];
  return hint === undefined ? { path, message } : { path, message, hint };
}
