import { clientEditions, iotLtsc, ltscEditions } from "../clients.ts";
import { amd64, x86 } from "../parts.ts";
import { serverKeys } from "../product-keys.ts";
import type { Platform, Release } from "../release.ts";
import { serverEditions } from "../servers.ts";

const x64: Platform = {
  ...amd64,
  // SeaBIOS boots the media without "press any key" on an empty disk, and BIOS is what was tried most.
  firmwares: ["bios", "uefi"],
  // Microsoft's minimum for 64 bits; twice that leaves room for a compiler.
  memory: { minimumMiB: 2048, defaultMiB: 4096, maximumMiB: null },
  // Since 1903 Microsoft asks for 32 GB. The disk is sparse.
  disk: { minimumGiB: 32, defaultGiB: 64 },
};

const x32: Platform = {
  ...x86,
  // Microsoft's minimum for 32 bits, and the same disk as for 64.
  memory: { minimumMiB: 1024, defaultMiB: 2048, maximumMiB: 4096 },
  disk: { minimumGiB: 32, defaultGiB: 64 },
};

const common = {
  family: "10",
  wants: { tpm: null, secureBoot: false },
  requirementBypass: false,
  networkBypass: false,
  needsSse42: false,
  smbProtocol: "SMB3_00",
} as const;

const client = {
  ...common,
  product: "client",
  beliefs: ["A6", "A34", "A35", "A36", "A37", "A67"],
  platforms: [x64, x32],
  notOffered: {
    // Media of 22H2 and of IoT LTSC 2021 exist for subscribers (dockur/windows-arm). The emulator: Microsoft,
    // apps-on-arm-x86-emulation.md.
    arm64:
      "Windows 10 on arm64 emulates programs of 32 bits only, and no source says that Cygwin's last edition of those (2022) runs there; Windows 11 emulates 64 bits too.",
  },
  virtioWinFolder: "w10",
} as const;

// Microsoft's minimum of Server 2016 and 2019 with a desktop is the clients': 2 GB and 32 GB (hardware-requirements.md).
const server = {
  ...common,
  product: "server",
  beliefs: ["A6", "A64"],
  platforms: [x64],
  notOffered: {},
} as const;

export const windows10: readonly Release[] = [
  {
    ...client,
    id: "windows-10-22h2",
    build: 19045,
    title: "Windows 10 22H2",
    editions: clientEditions("Windows 10"),
  },
  {
    ...client,
    id: "windows-10-ltsc-2019",
    build: 17763,
    title: "Windows 10 LTSC 2019",
    editions: ltscEditions,
  },
  {
    ...client,
    id: "windows-10-ltsc-2021",
    build: 19044,
    title: "Windows 10 LTSC 2021",
    editions: [...ltscEditions, iotLtsc],
  },
  {
    ...server,
    id: "windows-server-2016",
    build: 14393,
    title: "Windows Server 2016",
    editions: serverEditions("Windows Server 2016", serverKeys["2016"]),
    virtioWinFolder: "2k16",
  },
  {
    ...server,
    id: "windows-server-2019",
    build: 17763,
    title: "Windows Server 2019",
    editions: serverEditions("Windows Server 2019", serverKeys["2019"]),
    virtioWinFolder: "2k19",
  },
];
