import { amd64, firstEnlightenments, lastCygwin32, named } from "../parts.ts";
import { keys, serverKeys } from "../product-keys.ts";
import type { Platform, Release } from "../release.ts";
import { serverEditions } from "../servers.ts";

const x64: Platform = {
  ...amd64,
  // Under plain OVMF its boot loader hangs: it wants a legacy VGA BIOS (uefiseven#52).
  firmwares: ["bios"],
  memory: { minimumMiB: 2048, defaultMiB: 4096, maximumMiB: null },
  disk: { minimumGiB: 20, defaultGiB: 64 },
  enlightenments: firstEnlightenments,
  // The generation id came with 8 and Server 2012.
  vmGenerationId: false,
  diskBuses: ["ide", "ahci", "virtio", "scsi"],
  nics: ["e1000", "virtio-net-pci"],
  cygwin: { architecture: "x86_64", lastArchive: "2024-01-30", sshdService: "cygsshd" },
};

const common = {
  family: "7",
  build: 7601,
  wants: { tpm: null, secureBoot: false },
  requirementBypass: false,
  networkBypass: false,
  needsSse42: false,
  notOffered: {},
  smbProtocol: "SMB2_10",
} as const;

export const windows7: readonly Release[] = [
  {
    ...common,
    id: "windows-7",
    title: "Windows 7 SP1",
    product: "client",
    platforms: [
      x64,
      {
        ...x64,
        architecture: "x86",
        memory: { minimumMiB: 1024, defaultMiB: 2048, maximumMiB: 4096 },
        disk: { minimumGiB: 16, defaultGiB: 64 },
        cygwin: lastCygwin32,
      },
    ],
    editions: [
      named("Professional", "Windows 7 PROFESSIONAL", keys["7 Professional"]),
      named("Enterprise", "Windows 7 ENTERPRISE", keys["7 Enterprise"]),
    ],
    virtioWinFolder: "w7",
  },
  {
    ...common,
    id: "windows-server-2008-r2",
    title: "Windows Server 2008 R2 SP1",
    product: "server",
    platforms: [
      {
        ...x64,
        memory: { minimumMiB: 512, defaultMiB: 4096, maximumMiB: null },
        disk: { minimumGiB: 32, defaultGiB: 64 },
      },
    ],
    editions: serverEditions("Windows Server 2008 R2", serverKeys["2008 R2"]),
    virtioWinFolder: "2k8R2",
  },
];
