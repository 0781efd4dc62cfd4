import type { Architecture, Family, Firmware } from "../catalogue/release.ts";
import type { Pass } from "./tree.ts";

/** What an answer file needs to know; resolved, nothing optional. The plan gives it, the renderer turns it into a file. */
export interface AnswerSettings {
  readonly family: Family;
  readonly product: "client" | "server";
  readonly build: number;
  readonly architecture: Architecture;
  readonly firmware: Firmware;
  readonly image:
    | { readonly kind: "index"; readonly index: number }
    | { readonly kind: "name"; readonly name: string };
  /** Selects the edition, does not activate; null on evaluation media. */
  readonly productKey: string | null;
  readonly locale: {
    /** Has to be the language of the medium, or Setup of 24H2 and later asks. */
    readonly uiLanguage: string;
    readonly systemLocale: string;
    readonly userLocale: string;
    /** Languages, which stand for their usual keyboard, or such as `0409:00000409`; joined by `;`. */
    readonly inputLocale: string;
  };
  /** Windows' English time zone id, such as `UTC`. */
  readonly timeZone: string;
  readonly computerName: string;
  readonly fullName: string;
  readonly organization: string;
  /** Local administrator that logs on once and owns the sessions. */
  readonly account: { readonly user: string; readonly password: string };
  /** Enables the built-in Administrator; null leaves it off on clients, and gives it the account's password on servers. */
  readonly administratorPassword: string | null;
  readonly accounts: readonly AnswerAccount[];
  readonly disk: DiskLayout;
  readonly network: { readonly mac: string; readonly address: string; readonly prefixLength: number };
  /** Folders with drivers on the bootstrap medium, such as `virtio-win\NetKVM\w11\amd64`. */
  readonly driverFolders: readonly string[];
  readonly behaviour: Behaviour;
  /** LabConfig values for TPM, Secure Boot, memory, CPU and storage. */
  readonly requirementBypass: boolean;
  /** BypassNRO, for an OOBE that may insist on a network. */
  readonly networkBypass: boolean;
  /** Commands beside casement's own, after them, in this order. */
  readonly commands: { readonly windowsPE: readonly string[]; readonly specialize: readonly string[] };
  readonly extraSettings: readonly ExtraSetting[];
}

/** A local account beside the one that commands run as. */
export interface AnswerAccount {
  readonly name: string;
  readonly password: string;
  /** Local groups by their English names. */
  readonly groups: readonly string[];
  readonly displayName: string;
  readonly description: string;
}

/** The first disk, wiped; partitions in their order on it. */
export interface DiskLayout {
  readonly table: "mbr" | "gpt";
  readonly partitions: readonly Partition[];
  /** Place in the list of the partition that Windows goes to, from 1; partition-ids.ts says what Setup calls it. */
  readonly installTo: number;
}

export interface Partition {
  readonly type: "Primary" | "EFI" | "MSR" | "Extended" | "Logical" | "Recovery";
  /** MB as Windows counts them; null takes what is left, once and last. */
  readonly sizeMB: number | null;
  readonly format: "NTFS" | "FAT32" | null;
  readonly label: string;
  readonly letter: string | null;
  /** The partition that a BIOS starts. */
  readonly active: boolean;
}

/** What the installed Windows does by itself; false switches it off. */
export interface Behaviour {
  readonly firewall: boolean;
  readonly uac: boolean;
  readonly updates: boolean;
  readonly defender: boolean;
  readonly hibernation: boolean;
  readonly sleep: boolean;
  readonly screenOff: boolean;
  readonly telemetry: boolean;
  readonly remoteDesktop: boolean;
  readonly timeSync: boolean;
}

/** A setting of Microsoft's reference that casement has no field for. */
export interface ExtraSetting {
  readonly component: string;
  readonly pass: Pass;
  /** Below the component, such as `OOBE/HideEULAPage`. */
  readonly path: string;
  readonly value: ExtraValue;
}

/** A value, a group of settings by their names, or the items of a list. */
export type ExtraValue =
  | string
  | number
  | boolean
  | readonly ExtraValue[]
  | { readonly [name: string]: ExtraValue };
