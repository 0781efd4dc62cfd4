import type { Architecture, Edition, Platform, Release } from "./release.ts";

/** The release with this id, or undefined. */
export function findRelease(id: string): Release | undefined {
  return releases.find((release) => release.id === id);
}

/** The release on this architecture, or on its usual one; undefined where it does not exist there. */
export function findPlatform(release: Release, architecture: Architecture | undefined): Platform | undefined {
  if (architecture === undefined) return release.platforms[0];
  return release.platforms.find((platform) => platform.architecture === architecture);
}

/** The edition with this id, or the release's default without one; undefined for an id that the release does not have. */
export function findEdition(release: Release, id: string | undefined): Edition | undefined {
  return id === undefined ? release.editions[0] : release.editions.find((edition) => edition.id === id);
}

// Public keys. "Generic" ones select an edition on consumer media (schneegans/unattend-generator WindowsEdition.json);
// the others are KMS client keys (Microsoft, kms-client-activation-keys.md). Neither activates anything here.
const keys = {
  genericHome: "YTMG3-N6DKC-DKB77-7M9GH-8HVX7",
  genericPro: "VK7JG-NPHTM-C97JM-9MPGT-3V66T",
  enterprise: "NPPR9-FWDCX-D2C8J-H872K-2YT43",
  education: "NW6C2-QMPVW-D7KKK-3GKT6-VCFB2",
  ltsc: "M7XTQ-FN8P6-TTKYV-9D4CC-J462D",
  iotLtsc: "KBN8V-HFGQ4-MGXVD-347P6-PDQGT",
} as const;

// Evaluation and LTSC media: one image, or the wanted one first; their image names differ between builds.
const firstImage = { kind: "index", index: 1 } as const;

// Consumer and business media hold six to eleven editions each in an order that differs, so they are found by name.
function namedEditions(windows: "Windows 10" | "Windows 11"): readonly [Edition, ...Edition[]] {
  const named = (id: string, productKey: string): Edition => ({
    id,
    image: { kind: "name", name: `${windows} ${id}` },
    productKey,
    evaluation: false,
  });
  return [
    named("Pro", keys.genericPro),
    named("Home", keys.genericHome),
    named("Education", keys.education),
    named("Enterprise", keys.enterprise),
    evaluation("Enterprise Evaluation"),
  ];
}

const ltscEditions: readonly [Edition, ...Edition[]] = [
  { id: "Enterprise LTSC", image: firstImage, productKey: keys.ltsc, evaluation: false },
  evaluation("Enterprise LTSC Evaluation"),
];

const iotLtsc: Edition = {
  id: "IoT Enterprise LTSC",
  image: { kind: "name", name: "Windows 10 IoT Enterprise LTSC" },
  productKey: keys.iotLtsc,
  evaluation: false,
};

function evaluation(id: string): Edition {
  return { id, image: firstImage, productKey: null, evaluation: true };
}

const common = {
  product: "client",
  // Windows 8, Server 2012 and later read it.
  vmGenerationId: true,
  // Off by default in QEMU (hyperv.rst), and Windows is slow without them. Never hv-passthrough: it depends on the host,
  // and a snapshot must not. Under TCG they do not exist.
  enlightenments: [
    "hv-relaxed",
    "hv-vapic",
    "hv-spinlocks=0x1fff",
    "hv-vpindex",
    "hv-synic",
    "hv-time",
    "hv-stimer",
    "hv-crash",
  ],
  smbProtocol: "SMB3_00",
} as const;

const amd64 = {
  architecture: "amd64",
  // qemu64 has no popcnt, sse4.2 or ssse3, which 24H2 needs (rufus#2600); this model has, and starts under TCG with
  // `enforce`. The same for all releases, so that there is one model to know.
  cpuModel: "Westmere-v1",
  // Windows 11 asks for two; and with one, background services of a fresh Windows starve the command.
  vcpus: { default: 2 },
  diskBuses: ["ide", "ahci", "nvme", "virtio", "scsi"],
  nics: ["e1000", "e1000e", "virtio-net-pci"],
  cygwin: { architecture: "x86_64", lastArchive: null, sshdService: "cygsshd" },
} as const;

const windows10 = {
  ...common,
  family: "10",
  platforms: [
    {
      ...amd64,
      // SeaBIOS boots the media without "press any key" on an empty disk, and BIOS is what was tried most.
      firmwares: ["bios", "uefi"],
      // Microsoft's minimum for 64 bits; twice that leaves room for a compiler.
      memory: { minimumMiB: 2048, defaultMiB: 4096 },
      // Since 1903 Microsoft asks for 32 GB. The disk is sparse.
      disk: { minimumGiB: 32, defaultGiB: 64 },
    },
  ],
  wants: { tpm: null, secureBoot: false },
  requirementBypass: false,
  networkBypass: false,
  virtioWinFolder: "w10",
} as const;

const windows11 = {
  ...common,
  family: "11",
  platforms: [
    {
      ...amd64,
      // Microsoft supports UEFI only; BIOS installs with the requirement checks off.
      firmwares: ["uefi", "bios"],
      // The check for 4 GB is switched off like the others; below 2 GB Setup itself fails.
      memory: { minimumMiB: 2048, defaultMiB: 4096 },
      // The check for 64 GB is off as well.
      disk: { minimumGiB: 32, defaultGiB: 64 },
    },
  ],
  wants: { tpm: "2.0", secureBoot: true },
  // The VM has no TPM: its state would have to travel with every snapshot.
  requirementBypass: true,
  networkBypass: true,
  virtioWinFolder: "w11",
} as const;

const releases: readonly Release[] = [
  {
    ...windows10,
    id: "windows-10-22h2",
    build: 19045,
    title: "Windows 10 22H2",
    editions: namedEditions("Windows 10"),
  },
  {
    ...windows10,
    id: "windows-10-ltsc-2019",
    build: 17763,
    title: "Windows 10 LTSC 2019",
    editions: ltscEditions,
  },
  {
    ...windows10,
    id: "windows-10-ltsc-2021",
    build: 19044,
    title: "Windows 10 LTSC 2021",
    editions: [...ltscEditions, iotLtsc],
  },
  {
    ...windows11,
    id: "windows-11-23h2",
    build: 22631,
    title: "Windows 11 23H2",
    editions: namedEditions("Windows 11"),
  },
  {
    ...windows11,
    id: "windows-11-24h2",
    build: 26100,
    title: "Windows 11 24H2",
    editions: namedEditions("Windows 11"),
  },
  {
    ...windows11,
    id: "windows-11-25h2",
    build: 26200,
    title: "Windows 11 25H2",
    editions: namedEditions("Windows 11"),
  },
  {
    ...windows11,
    id: "windows-11-ltsc-2024",
    build: 26100,
    title: "Windows 11 LTSC 2024",
    editions: [
      ...ltscEditions,
      { ...iotLtsc, image: { kind: "name", name: "Windows 11 IoT Enterprise LTSC" } },
    ],
  },
];
