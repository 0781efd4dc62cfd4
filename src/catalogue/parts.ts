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

/** What 7 and Server 2008 R2 know of them: synthetic timers and interrupts came with 8 and Server 2012. */
export const firstEnlightenments = ["hv-relaxed", "hv-vapic", "hv-spinlocks=0x1fff", "hv-time"] as const;

/**
 * qemu64 has no popcnt, sse4.2 or ssse3, which 24H2 and Server 2025 need (rufus#2600); this model has, and starts under TCG
 * with `enforce`. The same for all releases, so that there is one model to know.
 */
const intel = { kvm: "Westmere-v1", tcg: "Westmere-v1" } as const;

/** The current Cygwin, which needs Windows 8.1 or later and 64 bits. */
export const currentCygwin: CygwinSupport = {
  architecture: "x86_64",
  lastArchive: null,
  sshdService: "cygsshd",
};

/** The last Cygwin of 32 bits (3.3.6). */
export const lastCygwin32: CygwinSupport = {
  architecture: "x86",
  lastArchive: "2022-11-23",
  sshdService: "cygsshd",
};

/** 64 bits with the drivers of Windows 8.1 and later. */
export const amd64 = {
  architecture: "amd64",
  cpuModels: intel,
  // Windows 11 asks for two; and with one, background services of a fresh Windows starve the command.
  vcpus: { default: 2 },
  enlightenments,
  vmGenerationId: true,
  diskBuses: ["ide", "ahci", "nvme", "virtio", "scsi"],
  nics: ["e1000e", "e1000", "virtio-net-pci"],
  cygwin: currentCygwin,
} as const;

/** 32 bits, otherwise as `amd64`. BIOS only: no 32-bit OVMF is offered here. */
export const x86 = {
  ...amd64,
  architecture: "x86",
  firmwares: ["bios"],
  cygwin: lastCygwin32,
} as const;

/** arm64 has UEFI, NVMe and no floppy; its KVM knows the host's own CPU only. */
export const arm64 = {
  architecture: "arm64",
  firmwares: ["uefi"],
  // cortex-a76 (ARMv8.2) has the atomics that 24H2 needs; QEMU emulates it.
  cpuModels: { kvm: "host", tcg: "cortex-a76" },
  vcpus: { default: 2 },
  // QEMU has neither Hyper-V's enlightenments nor vmgenid on arm.
  enlightenments: [],
  vmGenerationId: false,
  diskBuses: ["nvme", "virtio", "scsi"],
  // Its only adapter without drivers on the medium: NetKVM has to be given.
  nics: ["virtio-net-pci"],
  // x86_64 programs run emulated there; Cygwin has no arm64 edition.
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
