import { clientEditions, iotLtsc, ltscEditions } from "../clients.ts";
import { amd64, arm64 } from "../parts.ts";
import { serverKeys } from "../product-keys.ts";
import type { Platform, Release } from "../release.ts";
import { serverEditions } from "../servers.ts";

const sizes = {
  // The check for 4 GB is switched off like the others; below 2 GB Setup itself fails.
  memory: { minimumMiB: 2048, defaultMiB: 4096, maximumMiB: null },
  // The check for 64 GB is off as well.
  disk: { minimumGiB: 32, defaultGiB: 64 },
} as const;

const x64: Platform = {
  ...amd64,
  ...sizes,
  // Microsoft supports UEFI only; BIOS installs with the requirement checks off.
  firmwares: ["uefi", "bios"],
};

// Consumer media: the 25H2 ISO for arm64 that dockur/windows-arm names; evaluation and IoT LTSC likewise. Enterprise LTSC
// for arm64 is the first image of the IoT LTSC medium (bin456789/reinstall).
const client = {
  family: "11",
  product: "client",
  beliefs: ["A2", "A3", "A6", "A34", "A35", "A36", "A37", "A38", "A66"],
  platforms: [x64, { ...arm64, ...sizes }],
  wants: { tpm: "2.0", secureBoot: true },
  // The VM has no TPM: its state would have to travel with every snapshot.
  requirementBypass: true,
  networkBypass: true,
  notOffered: {},
  smbProtocol: "SMB3_00",
  virtioWinFolder: "w11",
} as const;

const server = {
  family: "11",
  product: "server",
  beliefs: ["A2", "A6", "A64"],
  // Sizes: 2 GB with a desktop and 32 GB (hardware-requirements.md). Setup checks neither TPM nor Secure Boot, and OOBE asks
  // for no network.
  wants: { tpm: null, secureBoot: false },
  requirementBypass: false,
  networkBypass: false,
  notOffered: {},
  smbProtocol: "SMB3_00",
} as const;

export const windows11: readonly Release[] = [
  {
    ...client,
    id: "windows-11-23h2",
    build: 22631,
    needsSse42: false,
    title: "Windows 11 23H2",
    editions: clientEditions("Windows 11"),
  },
  {
    ...client,
    id: "windows-11-24h2",
    build: 26100,
    // rufus#2600
    needsSse42: true,
    title: "Windows 11 24H2",
    editions: clientEditions("Windows 11"),
  },
  {
    ...client,
    id: "windows-11-25h2",
    build: 26200,
    needsSse42: true,
    title: "Windows 11 25H2",
    editions: clientEditions("Windows 11"),
  },
  {
    ...client,
    id: "windows-11-ltsc-2024",
    build: 26100,
    needsSse42: true,
    title: "Windows 11 LTSC 2024",
    editions: [...ltscEditions, iotLtsc],
  },
  {
    ...server,
    id: "windows-server-2022",
    build: 20348,
    needsSse42: false,
    title: "Windows Server 2022",
    platforms: [{ ...x64, firmwares: ["bios", "uefi"] }],
    editions: serverEditions("Windows Server 2022", serverKeys["2022"]),
    virtioWinFolder: "2k22",
  },
  {
    ...server,
    id: "windows-server-2025",
    build: 26100,
    // hardware-requirements.md
    needsSse42: true,
    title: "Windows Server 2025",
    platforms: [x64],
    editions: serverEditions("Windows Server 2025", serverKeys["2025"]),
    virtioWinFolder: "2k25",
  },
];
