import { firstImage } from "../parts.ts";
import type { CygwinSupport, Edition, Platform, Release } from "../release.ts";

// The last day on which Cygwin's packages ran on XP and Server 2003: 2.6 dropped them (circa/2016/08/30/104223, as many
// public scripts use it). sshd's service had not yet been renamed.
const cygwin: CygwinSupport = { architecture: "x86", lastArchive: "2016-08-30", sshdService: "sshd" };

const x86: Omit<Platform, "memory"> = {
  architecture: "x86",
  firmwares: ["bios"],
  // Microsoft asks for 1.5 GB (2003 R2: 2.9); Cygwin and a page file come on top. Setup knows disks over 137 GB since SP1.
  disk: { minimumGiB: 4, defaultGiB: 32 },
  // It minds no feature that it does not know; the model is everybody's, so that there is one to know.
  cpuModels: { kvm: "Westmere-v1", tcg: "Westmere-v1" },
  // One: text-mode Setup picks the HAL by what it sees, and one is what runInWindowsVM of 2014 gave it.
  vcpus: { default: 1 },
  // Older than Hyper-V.
  enlightenments: [],
  vmGenerationId: false,
  // No AHCI driver before Vista, and no floppies with drivers (F6) are made here.
  diskBuses: ["ide"],
  // Its medium has a driver for it; none is known for QEMU's e1000.
  nics: ["rtl8139"],
  cygwin,
};

// A CD holds one edition and no install.wim. Its Setup wants a key, and no public one is known for every CD.
function onlyEdition(id: string): Edition {
  return { id, image: firstImage, productKey: null, evaluation: false };
}

const common = {
  family: "xp",
  wants: { tpm: null, secureBoot: false },
  requirementBypass: false,
  networkBypass: false,
  needsSse42: false,
  beliefs: ["A62", "A67"],
  notOffered: {
    amd64:
      "Its x64 editions are media of their own with drivers of their own, and nothing here was made for them.",
  },
  // SMB 2 came with Vista (MS-SMB2, appendix A).
  smbProtocol: "NT1",
  // Its Setup takes drivers from a floppy with TXTSETUP.OEM only, and virtio-win's newer releases have none for it.
  virtioWinFolder: null,
} as const;

export const windowsXp: readonly Release[] = [
  {
    ...common,
    id: "windows-xp",
    title: "Windows XP SP3",
    product: "client",
    build: 2600,
    // Microsoft: 64 MB, 128 recommended. Room for a compiler by default.
    platforms: [{ ...x86, memory: { minimumMiB: 64, defaultMiB: 1024, maximumMiB: 4096 } }],
    // What runInWindowsVM of 2014 installed.
    editions: [onlyEdition("Professional")],
  },
  {
    ...common,
    id: "windows-server-2003-r2",
    title: "Windows Server 2003 R2",
    product: "server",
    build: 3790,
    // Microsoft: 128 MB, and 4 GB at most for Standard on x86.
    platforms: [{ ...x86, memory: { minimumMiB: 128, defaultMiB: 1024, maximumMiB: 4096 } }],
    // The first CD, which is Server 2003 with SP2; the second one's additions are not installed.
    editions: [onlyEdition("Standard"), onlyEdition("Enterprise")],
  },
];
