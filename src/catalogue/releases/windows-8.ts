import { amd64, evaluation, firstImage, named, x86 } from "../parts.ts";
import { keys, serverKeys } from "../product-keys.ts";
import type { Release } from "../release.ts";
import { serverEditions } from "../servers.ts";

// amd64 under UEFI: from 8 on it needs no video BIOS.
const common = {
  family: "8.1",
  build: 9600,
  wants: { tpm: null, secureBoot: false },
  requirementBypass: false,
  networkBypass: false,
  needsSse42: false,
  beliefs: ["A6", "A63", "A64", "A65"],
  notOffered: {},
  // It speaks 3.0.2, and 3.0 came with 8 (MS-SMB2, appendix A); asking for 3.1.1 would shut it out.
  smbProtocol: "SMB3_00",
} as const;

export const windows8: readonly Release[] = [
  {
    ...common,
    id: "windows-8.1",
    title: "Windows 8.1",
    product: "client",
    platforms: [
      {
        ...amd64,
        firmwares: ["bios", "uefi"],
        // Microsoft: 2 GB and 20 GB for 64 bits, 1 GB and 16 GB for 32.
        memory: { minimumMiB: 2048, defaultMiB: 4096, maximumMiB: null },
        disk: { minimumGiB: 20, defaultGiB: 64 },
      },
      {
        ...x86,
        memory: { minimumMiB: 1024, defaultMiB: 2048, maximumMiB: 4096 },
        disk: { minimumGiB: 16, defaultGiB: 64 },
      },
    ],
    editions: [
      named("Pro", "Windows 8.1 Pro", keys["8.1 Pro"]),
      // Its media hold one image, and so do the evaluation's.
      { id: "Enterprise", image: firstImage, productKey: keys["8.1 Enterprise"], evaluation: false },
      evaluation("Enterprise Evaluation"),
    ],
    virtioWinFolder: "w8.1",
  },
  {
    ...common,
    id: "windows-server-2012-r2",
    title: "Windows Server 2012 R2",
    product: "server",
    platforms: [
      {
        ...amd64,
        firmwares: ["bios", "uefi"],
        // Microsoft says 512 MB, with which its Setup fails in a VM (hardware-requirements.md: more than 800).
        memory: { minimumMiB: 1024, defaultMiB: 4096, maximumMiB: null },
        disk: { minimumGiB: 32, defaultGiB: 64 },
      },
    ],
    editions: serverEditions("Windows Server 2012 R2", serverKeys["2012 R2"]),
    virtioWinFolder: "2k12R2",
  },
];
