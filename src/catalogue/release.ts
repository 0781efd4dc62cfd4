import type { ReleaseId } from "./release-ids.ts";

/** What one edition of a release needs from Setup. */
export interface Edition {
  readonly id: string;
  /** How Setup finds it in the medium when the spec does not say: by its name, or by index where the media hold one image. */
  readonly image: ImageChoice;
  /** Public key that selects the edition and does not activate it; null on evaluation media, which take none. */
  readonly productKey: string | null;
  /** Shuts itself down hourly once its time is over. */
  readonly evaluation: boolean;
}

export type ImageChoice =
  | { readonly kind: "index"; readonly index: number }
  | { readonly kind: "name"; readonly name: string };

export type Firmware = "bios" | "uefi";

/** One release of Windows as data: everything that depends on the release and on nothing else. */
export interface Release {
  readonly id: ReleaseId;
  readonly title: string;
  readonly architecture: "amd64";
  /** The first is the default. */
  readonly firmwares: readonly [Firmware, ...Firmware[]];
  /** The first is the default. */
  readonly editions: readonly [Edition, ...Edition[]];
  readonly memory: { readonly minimumMiB: number; readonly defaultMiB: number };
  readonly disk: { readonly minimumGiB: number; readonly defaultGiB: number };
  readonly vcpus: { readonly default: number };
  /** A named, versioned QEMU model; the runtime adds `enforce`. */
  readonly cpuModel: string;
  /** The guest takes part in the VM generation id, so that revived clones do not share random numbers. */
  readonly vmGenerationId: boolean;
  /** Setup checks TPM, Secure Boot, memory, CPU and storage, and has to be told not to. */
  readonly requirementBypass: boolean;
  /** OOBE may insist on a network, and there is none that leads anywhere. */
  readonly networkBypass: boolean;
  /** Name of sshd's service in the Cygwin that runs on it. */
  readonly sshdService: "cygsshd" | "sshd";
}
