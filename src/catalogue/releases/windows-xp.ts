import { named } from "../parts.ts";
import type { CygwinSupport, Platform, Release } from "../release.ts";

// The last Cygwin (2.5.2) that starts on XP and Server 2003; sshd's service had not yet been renamed.
const cygwin: CygwinSupport = { architecture: "x86", lastArchive: "2016-08-30", sshdService: "sshd" };

const x86: Omit<Platform, "memory"> = {
  architecture: "x86",
  firmwares: ["bios"],
  disk: { minimumGiB: 2, defaultGiB: 32 },
  cpuModels: { kvm: "Westmere-v1", tcg: "Westmere-v1" },
  // One: text-mode Setup picks the HAL by what it sees, and one is what the system of 2014 ran on.
  vcpus: { default: 1 },
  enlightenments: [],
  vmGenerationId: false,
  // No AHCI driver before Vista, and F6 floppies are not made here.
  diskBuses: ["ide"],
  nics: ["rtl8139"],
  cygwin,
};

const common = {
  family: "xp",
  wants: { tpm: null, secureBoot: false },
  requirementBypass: false,
  networkBypass: false,
  needsSse42: false,
  notOffered: {
    amd64:
      "Its x64 editions are media of their own, and no source says which of QEMU's adapters and disks they have drivers for.",
  },
  smbProtocol: "NT1",
  // Its Setup takes drivers from a floppy with TXTSETUP.OEM only.
  virtioWinFolder: null,
} as const;

export const windowsXp: readonly Release[] = [
  {
    ...common,
    id: "windows-xp",
    title: "Windows XP SP3",
    product: "client",
    build: 2600,
    platforms: [{ ...x86, memory: { minimumMiB: 64, defaultMiB: 1024, maximumMiB: 4096 } }],
    editions: [named("Professional", "Windows XP Professional", null)],
  },
  {
    ...common,
    id: "windows-server-2003-r2",
    title: "Windows Server 2003 R2",
    product: "server",
    build: 3790,
    platforms: [{ ...x86, memory: { minimumMiB: 128, defaultMiB: 1024, maximumMiB: 4096 } }],
    editions: [
      named("Standard", "Windows Server 2003 R2 Standard", null),
      named("Enterprise", "Windows Server 2003 R2 Enterprise", null),
    ],
  },
];
