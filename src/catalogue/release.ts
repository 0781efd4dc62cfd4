import type { ReleaseId } from "./release-ids.ts";

/** What one edition of a release needs from Setup. */
export interface Edition {
  readonly id: string;
  /** How Setup finds it in the medium when the spec does not say: by its name, or by index where the media hold one image. */
  readonly image: ImageChoice;
  /**
   * Public key that selects the edition and does not activate it. Null on evaluation media, which take none; on the others
   * null means that there is no public one and the spec has to give its own.
   */
  readonly productKey: string | null;
  /** Shuts itself down hourly once its time is over. */
  readonly evaluation: boolean;
}

export type ImageChoice =
  | { readonly kind: "index"; readonly index: number }
  | { readonly kind: "name"; readonly name: string };

export type Architecture = "x86" | "amd64" | "arm64";
export type Accelerator = "kvm" | "tcg";
export type Firmware = "bios" | "uefi";
export type DiskBus = "ide" | "ahci" | "nvme" | "virtio" | "scsi";
export type NicModel = "rtl8139" | "e1000" | "e1000e" | "virtio-net-pci";

/**
 * Which generation of Setup and of the first start it has: `xp` XP and Server 2003, `7` 7 and Server 2008 R2, `8.1` 8.1
 * and Server 2012 R2, `10` 10 and Servers 2016 and 2019, `11` 11 and Servers 2022 and 2025.
 */
export type Family = "xp" | "7" | "8.1" | "10" | "11";

/** One release of Windows as data: everything that depends on the release and on nothing else. */
export interface Release {
  readonly id: ReleaseId;
  readonly title: string;
  readonly family: Family;
  readonly product: "client" | "server";
  /** The kernel's build number, such as 26100, as the media have it (Microsoft's release information). */
  readonly build: number;
  /** One for each architecture it exists in; the first is the default. */
  readonly platforms: readonly [Platform, ...Platform[]];
  /** The first is the default. */
  readonly editions: readonly [Edition, ...Edition[]];
  /** What Setup looks for before it installs; null where it does not look. */
  readonly wants: { readonly tpm: "2.0" | null; readonly secureBoot: boolean };
  /** Setup checks TPM, Secure Boot, memory, CPU and storage, and has to be told not to. */
  readonly requirementBypass: boolean;
  /** OOBE may insist on a network, and there is none that leads anywhere. */
  readonly networkBypass: boolean;
  /** The lowest dialect that the controller's Samba has to speak, in smb.conf's words: the best that the release knows. */
  readonly smbProtocol: "NT1" | "SMB2_10" | "SMB3_00";
  /** Whether it executes SSE 4.2 and POPCNT without asking the CPU for them. x86 and amd64 only. */
  readonly needsSse42: boolean;
  /** Architectures that media exist for and that are not offered, each with the reason as a sentence. */
  readonly notOffered: Readonly<Partial<Record<Architecture, string>>>;
  /** Numbers in docs/assumptions.md of what its data rest on, beside what concerns every release. */
  readonly beliefs: readonly string[];
  /** Its folders in virtio-win, such as `w11`; null where its Setup cannot be given drivers in folders. */
  readonly virtioWinFolder: string | null;
}

/** A release on one architecture. */
export interface Platform {
  readonly architecture: Architecture;
  /** The first is the default. */
  readonly firmwares: readonly [Firmware, ...Firmware[]];
  /** `maximumMiB` is what its kernel can address; null where no VM reaches it. */
  readonly memory: {
    readonly minimumMiB: number;
    readonly defaultMiB: number;
    readonly maximumMiB: number | null;
  };
  readonly disk: { readonly minimumGiB: number; readonly defaultGiB: number };
  readonly vcpus: { readonly default: number };
  /**
   * QEMU's model for each accelerator. On x86 and amd64 one named, versioned model for both, to which the runtime adds
   * `enforce`; on arm64 KVM has `host` only, and there is no `enforce` (arm's models do not know the property).
   */
  readonly cpuModels: Readonly<Record<Accelerator, string>>;
  /** Flags of -cpu that make Windows see Hyper-V under KVM, as far as this release knows them. x86 and amd64 only. */
  readonly enlightenments: readonly string[];
  /** The guest takes part in the VM generation id, so that revived clones do not share random numbers. */
  readonly vmGenerationId: boolean;
  /**
   * What it has drivers for on its medium (and the virtio ones, which need virtio-win); the first that the machine type
   * has is the default.
   */
  readonly diskBuses: readonly [DiskBus, ...DiskBus[]];
  readonly nics: readonly [NicModel, ...NicModel[]];
  readonly cygwin: CygwinSupport;
}

/** The Cygwin that still runs on a platform. */
export interface CygwinSupport {
  readonly architecture: "x86_64" | "x86";
  /** Day (YYYY-MM-DD) of the newest dated archive that runs; null where the current one does. */
  readonly lastArchive: string | null;
  /** Name of sshd's service. */
  readonly sshdService: "cygsshd" | "sshd";
}
