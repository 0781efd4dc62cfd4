import { amd64, firstEnlightenments, firstImage, lastCygwin32, named } from "../parts.ts";
import { keys, serverKeys } from "../product-keys.ts";
import type { Platform, Release } from "../release.ts";
import { serverEditions } from "../servers.ts";

const x64: Platform = {
  ...amd64,
  // Under plain OVMF its boot loader hangs: it wants a legacy VGA BIOS (uefiseven#52).
  firmwares: ["bios"],
  // Microsoft: 2 GB and 20 GB for 64 bits, 1 GB and 16 GB for 32.
  memory: { minimumMiB: 2048, defaultMiB: 4096, maximumMiB: null },
  disk: { minimumGiB: 20, defaultGiB: 64 },
  enlightenments: firstEnlightenments,
  // The VM generation id came with 8 and Server 2012.
  vmGenerationId: false,
  // AHCI came with Vista, NVMe with 8.1 (KB2990941 is not on the medium).
  diskBuses: ["ide", "ahci", "virtio", "scsi"],
  // e1000e works from Server 2012 on (kubevirt#1354).
  nics: ["e1000", "virtio-net-pci"],
  // 3.4 is the last that runs (ov-new.html: 3.5 dropped 7 and Server 2008 R2).
  cygwin: { architecture: "x86_64", lastArchive: "2024-01-30", sshdService: "cygsshd" },
};

const common = {
  family: "7",
  build: 7601,
  wants: { tpm: null, secureBoot: false },
  requirementBypass: false,
  networkBypass: false,
  needsSse42: false,
  beliefs: ["A63", "A64", "A65", "A67"],
  notOffered: {},
  // 2.1 came with it, 3.0 with 8 (MS-SMB2, appendix A).
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
      // Retail media hold Starter to Ultimate, under these names (DISM's list in jedi4ever/veewee).
      named("Professional", "Windows 7 PROFESSIONAL", keys["7 Professional"]),
      named("Ultimate", "Windows 7 ULTIMATE", keys["7 Ultimate"]),
      // Its medium holds one image.
      { id: "Enterprise", image: firstImage, productKey: keys["7 Enterprise"], evaluation: false },
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
        // Microsoft says 512 MB, with which its Setup fails in a VM (hardware-requirements.md: more than 800).
        memory: { minimumMiB: 1024, defaultMiB: 4096, maximumMiB: null },
        disk: { minimumGiB: 32, defaultGiB: 64 },
      },
    ],
    editions: serverEditions("Windows Server 2008 R2", serverKeys["2008 R2"]),
    virtioWinFolder: "2k8R2",
  },
];
