import { localGroups } from "../catalogue/local-groups.ts";
import { releases } from "../catalogue/releases.ts";

/**
 * Values to try in the place of others. None of them means anything: between them they fit every field of the schema, and
 * the schema and its rules say which of them a field takes.
 */

/** Texts, for each field the first that it takes; a longer or rarer form stands further down. */
export const texts: readonly string[] = [
  "probe",
  "Probe-2",
  "P",
  "R",
  "de-DE",
  "fr-FR",
  "0407:00000407",
  "2031-02-03",
  "2032-03-04",
  "2031-02-03T04:05:06",
  "2032-03-04T05:06:07",
  "PROBE-PROBE-PROBE-PROBE-PROBE",
  "OTHER-OTHER-OTHER-OTHER-OTHER",
  "0123456789abcdef".repeat(4),
  "fedcba9876543210".repeat(4),
  "probe.iso",
  "other.iso",
  "https://probe.example/probe.iso",
  "https://other.example/other.iso",
  "pc-q35-9.2",
  "pc-i440fx-9.2",
  "virt-9.2",
  "Nehalem-v1",
  "cortex-a57",
  "neoverse-n1",
  "-aes",
  ...new Set(releases.flatMap(({ editions }) => editions.map(({ id }) => id))),
  ...localGroups.map(({ name }) => name),
];

/** Numbers beside the neighbours of the one that is there. */
export const numbers: readonly number[] = [2, 3, 25, 77, 333, 777, 3000, 5000, 90_000];

/** For mappings whose members have to fit one another, by their field. */
export const mappings: Readonly<Record<string, readonly object[]>> = {
  "windows.accounts[]": [
    { name: "probe", password: "probe" },
    { name: "probe", password: "probe", groups: ["Guests"], displayName: "Probe", description: "Probe" },
  ],
  "windows.image": [{ index: 97 }, { name: "Probe" }],
  "windows.disk": [
    {
      partitions: [
        { type: "Primary", sizeMB: 25_001, label: "PROBE", letter: "C", active: true, windows: true },
      ],
    },
    {
      partitions: [
        { type: "Primary", sizeMB: 777, format: "FAT32", label: "PROBE", letter: "R", active: true },
        { type: "Primary", sizeMB: 25_001, windows: true },
        { type: "Extended", sizeMB: 999 },
        { type: "Logical", sizeMB: 333 },
      ],
    },
    {
      partitions: [
        { type: "EFI", sizeMB: 333, label: "PROBE" },
        { type: "Primary", sizeMB: 25_001, label: "PROBE", windows: true },
      ],
    },
    {
      partitions: [
        { type: "EFI", sizeMB: 333, letter: "R" },
        { type: "MSR", sizeMB: 77 },
        { type: "Recovery", sizeMB: 777, label: "PROBE" },
        { type: "Primary", sizeMB: 25_001, windows: true },
        { type: "Primary", format: "FAT32", sizeMB: 333 },
      ],
    },
  ],
  "windows.disk.partitions[]": [{ type: "Primary", sizeMB: 333, label: "PROBE", letter: "R" }],
  "windows.files[]": [
    { path: "probe.txt", text: "probe" },
    { path: "probe.txt", source: "probe" },
  ],
  "windows.extraSettings[]": [
    {
      component: "Microsoft-Windows-Shell-Setup",
      pass: "specialize",
      path: "OEMInformation/Model",
      value: "Probe",
    },
    {
      component: "Microsoft-Windows-Shell-Setup",
      pass: "specialize",
      path: "OEMInformation/SupportHours",
      value: "Probe",
    },
  ],
};
