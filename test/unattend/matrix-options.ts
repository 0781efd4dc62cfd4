import type { Edition, Firmware, Platform, Release } from "../../src/catalogue/release.ts";
import type { Case, Factors } from "../support/pairwise.ts";

/** One medium on one machine: what the options of a spec are tried on. */
export interface Machine {
  readonly release: Release;
  readonly platform: Platform;
  readonly edition: Edition;
  readonly firmware: Firmware;
}

/**
 * Everything below `windows` that changes an answer file, each option with the values that this machine's spec may have.
 * Undefined stands for an option that is left out.
 */
export function optionsFor(machine: Machine): Factors {
  const { edition, firmware, platform, release } = machine;
  const client11 = release.family === "11" && release.product === "client";
  const home = edition.id.startsWith("Home") || edition.id.startsWith("Core");
  const noDefender = release.family === "7" || release.id === "windows-server-2012-r2";
  const key = "ABCDE-FGHIJ-KLMNP-QRSTU-VWXYZ";
  return {
    language: [undefined, "de-DE", "ja-JP"],
    locale: [undefined, { user: "fr-CH", system: "ja-JP", keyboards: ["de-CH", "0407:00000407"] }],
    timeZone: [undefined, "W. Europe Standard Time"],
    computerName: [undefined, "BUILD-MACHINE-1"],
    fullName: [undefined, "Zoë & <Söhne> 🪟"],
    organization: [undefined, "株式会社"],
    image: [undefined, { index: 3 }, { name: 'Windows "Ünïque" & more' }],
    productKey: edition.evaluation ? [undefined] : edition.productKey === null ? [key] : [undefined, key],
    accounts: [undefined, accounts.slice(0, 1), accounts],
    administrator: [undefined, { password: "Admin-2.password" }],
    disk: [undefined, ...(firmware === "bios" ? biosDisks : uefiDisks)],
    drivers: platform.architecture === "arm64" ? drivers.slice(1) : [undefined, ...drivers],
    firewall: booleans,
    uac: booleans,
    updates: booleans,
    defender: noDefender ? [false] : booleans,
    hibernation: booleans,
    sleep: booleans,
    screenOff: booleans,
    telemetry: booleans,
    remoteDesktop: home ? [false] : booleans,
    timeSync: booleans,
    requirementBypass: client11 ? [undefined, true] : [undefined, false],
    networkBypass: client11 ? [undefined, true, false] : [undefined, false],
    setupCommands: [[], ["wpeutil InitializeNetwork"], manyCommands],
    specializeCommands: [[], ['cmd /c "echo 100% & exit 0"'], manyCommands],
    firstLogonCommands: [[], ["echo hello"]],
    files: [undefined, [{ path: "tools/hello.txt", text: "hello" }]],
    extraSettings: [undefined, extraSettings],
  };
}

/** The document of a spec with these values. */
export function specOf({ edition, firmware, platform, release }: Machine, chosen: Case): unknown {
  const { firewall, uac, updates, defender, hibernation, sleep, screenOff, telemetry, ...others } = chosen;
  const { remoteDesktop, timeSync, setupCommands, specializeCommands, firstLogonCommands, ...given } = others;
  return {
    name: "matrix",
    account: { user: "build", password: "Secret-1" },
    hardware: { firmware },
    windows: {
      release: release.id,
      architecture: platform.architecture,
      edition: edition.id,
      ...Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)),
      behaviour: {
        firewall,
        uac,
        updates,
        defender,
        hibernation,
        sleep,
        screenOff,
        telemetry,
        remoteDesktop,
        timeSync,
      },
      commands: { windowsPE: setupCommands, specialize: specializeCommands, firstLogon: firstLogonCommands },
    },
  };
}

const booleans = [false, true];

const accounts = [
  { name: "second", password: "Second-1" },
  { name: "third", password: "3", groups: ["Administrators"], displayName: "Der Dritte & Söhne" },
  {
    name: "fourth.user",
    password: "Fourth+4",
    groups: ["Users", "Remote Desktop Users"],
    description: "for <tests>",
  },
];

const biosDisks = [
  {
    partitions: [
      { type: "Primary", sizeMB: 300, label: "System", active: true },
      { type: "Recovery", sizeMB: 800, label: "Recovery" },
      { type: "Primary", sizeMB: 30_000, label: "Windows", windows: true },
      { type: "Primary", letter: "E", label: "Data" },
    ],
  },
  {
    partitions: [
      { type: "Primary", sizeMB: 25_000, active: true, windows: true },
      { type: "Extended", sizeMB: 6_000 },
      { type: "Logical", sizeMB: 2_000, letter: "E", format: "FAT32", label: "TOOLS" },
      { type: "Logical", letter: "F" },
    ],
  },
];

const uefiDisks = [
  {
    partitions: [
      { type: "EFI", sizeMB: 300, label: "System" },
      { type: "MSR", sizeMB: 128 },
      { type: "Recovery", sizeMB: 800, label: "Recovery" },
      { type: "Primary", sizeMB: 30_000, label: "Windows", letter: "C", windows: true },
      { type: "Primary", letter: "E", label: "Data" },
    ],
  },
  {
    partitions: [
      { type: "EFI", sizeMB: 100 },
      { type: "Primary", windows: true },
    ],
  },
];

const drivers = [
  { folders: ["own-1", "own_2"] },
  { virtioWin: true },
  { virtioWin: true, folders: ["own-1", "own_2"] },
];

// Setup takes 259 characters.
const manyCommands = Array.from({ length: 20 }, (_, index) => `cmd /c rem ${index} `.padEnd(259, "x"));

const extraSettings = [
  {
    component: "Microsoft-Windows-Shell-Setup",
    pass: "specialize",
    path: "OEMInformation",
    value: { Manufacturer: "Example & Söhne", Model: "A model" },
  },
  {
    component: "Microsoft-Windows-PnpSysprep",
    pass: "generalize",
    path: "PersistAllDeviceInstalls",
    value: true,
  },
  {
    component: "Microsoft-Windows-DNS-Client",
    pass: "specialize",
    path: "DNSSuffixSearchOrder/DomainName",
    value: [{ keyValue: "1", value: "example.org" }],
  },
];
