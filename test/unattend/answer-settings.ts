import type { AnswerSettings, Behaviour, DiskLayout, Partition } from "../../src/unattend/settings.ts";

/** Settings that a plan could give; tests change what they are about. */
export function answerSettings(changes: Partial<AnswerSettings> = {}): AnswerSettings {
  return {
    family: "11",
    product: "client",
    build: 26100,
    architecture: "amd64",
    firmware: "uefi",
    image: { kind: "index", index: 6 },
    productKey: "W269N-WFGWX-YVC9B-4J6C9-T83GX",
    locale: { uiLanguage: "en-US", systemLocale: "en-US", userLocale: "en-US", inputLocale: "0409:00000409" },
    timeZone: "UTC",
    computerName: "CASEMENT",
    fullName: "Build",
    organization: "Example",
    account: { user: "build", password: "Secret-1" },
    administratorPassword: null,
    accounts: [],
    disk: changes.firmware === "bios" ? mbr : gpt,
    driverFolders: [],
    behaviour,
    commands: { windowsPE: [], specialize: [] },
    extraSettings: [],
    network: { mac: "52:54:00:12:ab:01", address: "192.168.0.1", prefixLength: 24 },
    requirementBypass: true,
    networkBypass: true,
    ...changes,
  };
}

/** Everything that Windows could do by itself is off, as it is where a spec says nothing. */
export const behaviour: Behaviour = {
  firewall: false,
  uac: true,
  updates: false,
  defender: false,
  hibernation: false,
  sleep: false,
  screenOff: false,
  telemetry: false,
  remoteDesktop: false,
  timeSync: false,
};

const plain = { label: "", letter: null, active: false } as const;
const windows: Partition = {
  ...plain,
  type: "Primary",
  sizeMB: null,
  format: "NTFS",
  label: "Windows",
  letter: "C",
};

export const mbr: DiskLayout = {
  table: "mbr",
  partitions: [
    { ...plain, type: "Primary", sizeMB: 500, format: "NTFS", label: "System Reserved", active: true },
    windows,
  ],
  installTo: 2,
};

export const gpt: DiskLayout = {
  table: "gpt",
  partitions: [
    { ...plain, type: "EFI", sizeMB: 260, format: "FAT32", label: "System" },
    { ...plain, type: "MSR", sizeMB: 16, format: null },
    windows,
  ],
  installTo: 3,
};
