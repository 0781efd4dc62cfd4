import type { CygwinSupport, Edition } from "./release.ts";

/** What several releases share. Each says where it comes from; docs/assumptions.md has what is believed only. */

/**
 * Off by default in QEMU (hyperv.rst), and Windows is slow without them. Never hv-passthrough: it depends on the host, and
 * a snapshot must not. Under TCG they do not exist.
 */
export const enlightenments = [
  "hv-relaxed",
  "hv-vapic",
  "hv-spinlocks=0x1fff",
  "hv-vpindex",
  "hv-synic",
  "hv-time",
  "hv-stimer",
  "hv-crash",
] as const;

/** What 7 and Server 2008 R2 know of them; synthetic interrupts and timers came with 8 and Server 2012 (no source found). */
export const firstEnlightenments = ["hv-relaxed", "hv-vapic", "hv-spinlocks=0x1fff", "hv-time"] as const;

/**
 * qemu64 has no popcnt, sse4.2 or ssse3, which 24H2 and Server 2025 need (rufus#2600); this model has, and starts under TCG
 * with `enforce`. The same for all releases, so that there is one model to know.
 */
const intel = { kvm: "Westmere-v1", tcg: "Westmere-v1" } as const;

// sshd's service: `cygsshd` since OpenSSH 8.0 of 2019, because Windows 10 brought an `sshd` of its own
// (PowerShell/Win32-OpenSSH#1331); `sshd` before.

/** The current Cygwin, which needs 64 bits (3.4 dropped 32) and Windows 8.1 or later (3.5 dropped 7 and 8: ov-new.html). */
export const currentCygwin: CygwinSupport = {
  architecture: "x86_64",
  lastArchive: null,
  sshdService: "cygsshd",
};

/** The last Cygwin of 32 bits (3.3), which runs on Vista and later. */
export const lastCygwin32: CygwinSupport = {
  architecture: "x86",
  lastArchive: "2022-11-23",
  sshdService: "cygsshd",
};

/**
 * 64 bits with the drivers of Windows 8.1 and later: IDE, AHCI and NVMe, Intel's 82574L (e1000e: kubevirt#1354, from Server
 * 2012 on) and 82540EM (e1000: quickemu#1340, Server 2012 R2 to 2022). virtio's come from virtio-win.
 */
export const amd64 = {
  architecture: "amd64",
  cpuModels: intel,
  // Windows 11 wants two; and with one, background services of a fresh Windows starve the command.
  vcpus: { default: 2 },
  enlightenments,
  vmGenerationId: true,
  diskBuses: ["ide", "ahci", "nvme", "virtio", "scsi"],
  nics: ["e1000e", "e1000", "virtio-net-pci"],
  cygwin: currentCygwin,
} as const;

/** 32 bits, otherwise as `amd64`. BIOS only: their UEFI media need a 32-bit OVMF, which is not offered here. */
export const x86 = {
  ...amd64,
  architecture: "x86",
  firmwares: ["bios"],
  cygwin: lastCygwin32,
} as const;

/** arm64 has UEFI only and no floppy. Its snapshots revive on hosts of one kind: KVM there knows the host's own CPU only. */
export const arm64 = {
  architecture: "arm64",
  firmwares: ["uefi"],
  // Builds from 25188 on need the atomics of ARMv8.1 (raspberrypi/windows-drivers#46); this one is ARMv8.2.
  cpuModels: { kvm: "host", tcg: "cortex-a76" },
  vcpus: { default: 2 },
  // QEMU has neither Hyper-V's enlightenments nor vmgenid on arm.
  enlightenments: [],
  vmGenerationId: false,
  diskBuses: ["nvme", "virtio", "scsi"],
  // Its media have no driver for any adapter of QEMU's: NetKVM has to be given (virtio-win has w11/ARM64).
  nics: ["virtio-net-pci"],
  // x86_64 programs run emulated on Windows 11 (Microsoft, apps-on-arm-x86-emulation.md); Cygwin has no arm64 edition.
  cygwin: currentCygwin,
} as const;

/** Evaluation and LTSC media: one image, or the wanted one first; their image names differ between builds. */
export const firstImage = { kind: "index", index: 1 } as const;

/** An edition that is found by its image's name. */
export function named(id: string, name: string, productKey: string | null): Edition {
  return { id, image: { kind: "name", name }, productKey, evaluation: false };
}

/** An evaluation edition, which takes no key, and is the medium's first image unless a name is given. */
export function evaluation(id: string, name?: string): Edition {
  const image = name === undefined ? firstImage : ({ kind: "name", name } as const);
  return { id, image, productKey: null, evaluation: true };
}
