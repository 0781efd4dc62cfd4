import { testFaults } from "./faults.ts";

const boot = { type: "Primary", sizeMB: 500, active: true };
const windows = { type: "Primary", windows: true };
const efi = { type: "EFI", sizeMB: 260 };
const msr = { type: "MSR", sizeMB: 16 };
const data = { type: "Primary", sizeMB: 1000 };
const uefi = { hardware: { firmware: "uefi" } };

const where = "windows.disk.partitions";
const row = (title: string, partitions: readonly object[], ...faults: readonly string[]) => ({
  title,
  windows: { disk: { partitions } },
  faults: faults.map((fault) => where + fault),
});
const onGpt = (...args: Parameters<typeof row>) => ({ ...row(...args), rest: uefi });

testFaults([
  row("one active partition for all", [{ ...windows, active: true }]),
  row("a boot partition and Windows", [boot, windows]),
  row("data after Windows", [boot, { ...windows, sizeMB: 30_000 }, { type: "Primary", letter: "D" }]),
  row("logical partitions in an extended one", [
    boot,
    { ...windows, sizeMB: 30_000 },
    { type: "Extended", sizeMB: 3000 },
    { type: "Logical", sizeMB: 1000, letter: "D" },
    { type: "Logical", sizeMB: 2000, letter: "E", format: "FAT32" },
  ]),
  onGpt("EFI, MSR, Windows and recovery", [
    efi,
    msr,
    { ...windows, sizeMB: 30_000 },
    { type: "Recovery", sizeMB: 600 },
  ]),
  onGpt("UEFI without MSR", [efi, windows]),

  row(
    "EFI on a BIOS machine",
    [efi, boot, windows],
    "[0].type: hardware.firmware bios has no such partition, got EFI; allowed: Primary, Recovery, Extended, Logical",
  ),
  onGpt(
    "an extended partition under UEFI",
    [efi, { ...windows, sizeMB: 30_000 }, { type: "Extended" }],
    "[2].type: hardware.firmware uefi has no such partition, got Extended; allowed: Primary, Recovery, EFI, MSR",
  ),
  onGpt(
    "UEFI without an EFI partition",
    [msr, windows],
    ": hardware.firmware uefi starts from a partition of type EFI, got none (Add one of 260 MB.)",
  ),
  onGpt("a second EFI", [efi, efi, windows], "[1].type: there can be one only, got a second EFI"),
  onGpt("a second MSR", [efi, msr, msr, windows], "[2].type: there can be one only, got a second MSR"),
  onGpt(
    "an EFI after Windows",
    [{ ...windows, sizeMB: 30_000 }, efi],
    "[1].type: EFI has to stand before Windows in the list, got place 2",
  ),
  onGpt(
    "an MSR after Windows",
    [efi, { ...windows, sizeMB: 30_000 }, msr],
    "[2].type: MSR has to stand before Windows in the list, got place 3",
  ),
  onGpt(
    "an EFI in NTFS",
    [{ ...efi, format: "NTFS" }, windows],
    "[0].format: the firmware reads FAT32 only here, got NTFS",
  ),
  onGpt(
    "a small EFI",
    [{ ...efi, sizeMB: 99 }, windows],
    "[0].sizeMB: has to be at least 100 for EFI, got 99",
  ),
  onGpt(
    "an active partition under UEFI",
    [efi, { ...windows, active: true }],
    "[1].active: only a BIOS starts from it, and from a Primary one only, got true",
  ),
  onGpt(
    "an MSR with anything in it",
    [efi, { ...msr, format: "NTFS", label: "x", letter: "M" }, windows],
    '[1].format: a partition of type MSR has none, got "NTFS"',
    '[1].letter: a partition of type MSR has none, got "M"',
    '[1].label: a partition of type MSR has none, got "x"',
  ),

  row(
    "no partition for Windows",
    [boot, data],
    ": exactly one partition has to be the one for Windows (windows: true), got 0",
  ),
  row(
    "two partitions for Windows",
    [boot, { ...windows, sizeMB: 25_000, letter: "C" }, { ...windows, letter: "C" }],
    ": exactly one partition has to be the one for Windows (windows: true), got 2",
  ),
  row(
    "Windows in a logical partition",
    [boot, { type: "Extended", sizeMB: 50_000 }, { type: "Logical", sizeMB: 40_000, windows: true }],
    "[2].type: Windows goes to a Primary one, got Logical",
  ),
  row(
    "Windows on FAT32",
    [boot, { ...windows, format: "FAT32" }],
    "[1].format: Windows goes to NTFS, got FAT32",
  ),
  row("Windows on D", [boot, { ...windows, letter: "D" }], "[1].letter: Windows' own is C, got D"),
  row("another one on C", [{ ...boot, letter: "C" }, windows], "[0].letter: C is Windows' own, got C"),
  row(
    "a letter twice",
    [boot, { ...windows, sizeMB: 30_000 }, { ...data, letter: "D" }, { type: "Primary", letter: "D" }],
    "[3].letter: is the letter of windows.disk.partitions[2], too, got D",
  ),
  row(
    "a share's letter",
    [boot, { ...windows, sizeMB: 30_000 }, { ...data, letter: "S" }],
    '[2].letter: has to be one capital letter from C to Z, but not S or X, which are the shares, got "S"',
  ),
  row(
    "five primary partitions",
    [boot, data, data, data, windows],
    ": an MBR holds at most 4 partitions that are not Logical, got 5 (Put the others into one of type Extended, as Logical.)",
  ),
  row(
    "a second extended partition",
    [boot, { ...windows, sizeMB: 30_000 }, { type: "Extended", sizeMB: 9 }, { type: "Extended", sizeMB: 9 }],
    "[3].type: there can be one only, got a second Extended",
  ),
  row(
    "a logical partition without an extended one",
    [boot, { ...windows, sizeMB: 30_000 }, { type: "Logical", sizeMB: 1000 }],
    "[2].type: needs one of type Extended before it in the list, got Logical",
  ),
  row(
    "logical partitions that do not fit",
    [
      boot,
      { ...windows, sizeMB: 30_000 },
      { type: "Extended", sizeMB: 1000 },
      { type: "Logical", sizeMB: 1001 },
    ],
    "[2].sizeMB: has to hold its Logical partitions, which take 1001 MB together, got 1000",
  ),
  row(
    "no active partition",
    [data, windows],
    ": exactly one partition has to be the one that the BIOS starts (active: true), got 0",
  ),
  row(
    "two active partitions",
    [boot, { ...windows, active: true }],
    ": exactly one partition has to be the one that the BIOS starts (active: true), got 2",
  ),
  row(
    "an active partition that no BIOS starts",
    [
      { ...windows, sizeMB: 30_000 },
      { type: "Extended", sizeMB: 1000, active: true },
    ],
    "[1].active: only a BIOS starts from it, and from a Primary one only, got true",
  ),
  row(
    "a partition without a size that is not the last",
    [boot, windows, data],
    "[1].sizeMB: is required and missing; only the last partition (3) may take what is left",
  ),
  row(
    "partitions that are larger than the disk",
    [boot, { ...windows, sizeMB: 65_535 }],
    ": the partitions take 66035 MB together, and hardware.diskGiB has 65534 MB (Make them smaller, or the disk larger: it is sparse.)",
  ),
  row(
    "a small partition for Windows",
    [boot, { ...windows, sizeMB: 20_000 }],
    "[1].sizeMB: Windows needs at least 20480 MB, got 20000",
  ),
  row(
    "too little that is left for Windows",
    [boot, { type: "Primary", sizeMB: 50_000 }, windows],
    "[2].sizeMB: Windows needs at least 20480 MB, got 15034 that are left",
  ),
  row(
    "a long label on FAT32",
    [boot, { ...windows, sizeMB: 30_000 }, { ...data, format: "FAT32", label: "twelve chars" }],
    '[2].label: FAT32 has room for 11 characters, got "twelve chars"',
  ),
  row(
    "a large FAT32",
    [boot, { ...windows, sizeMB: 30_000 }, { ...data, sizeMB: 32_769, format: "FAT32" }],
    "[2].sizeMB: Windows formats FAT32 up to 32768 MB, got 32769",
  ),
]);
