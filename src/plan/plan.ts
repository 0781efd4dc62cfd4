import type { Architecture, DiskBus, Family, Firmware, ImageChoice, NicModel } from "../catalogue/release.ts";
import type { AnswerAccount, Behaviour, DiskLayout, ExtraSetting } from "../unattend/settings.ts";

/** A spec with every question answered: plain JSON, nothing optional, nothing left to a default. */
export interface Plan {
  readonly name: string;
  readonly release: {
    readonly id: string;
    readonly title: string;
    readonly family: Family;
    readonly product: "client" | "server";
    readonly build: number;
    readonly architecture: Architecture;
  };
  readonly edition: { readonly id: string; readonly evaluation: boolean };
  /** Null where `iso` is given to the Nix library. */
  readonly iso: { readonly name: string; readonly sha256: string; readonly url: string | null } | null;
  /** Microsoft's page for such media; null where there is none for everybody. */
  readonly isoPage: string | null;
  readonly hardware: PlannedHardware;
  readonly setup: PlannedSetup;
  /** Whose sshd answers. */
  readonly access: "cygwin" | "openssh";
  readonly account: { readonly user: string; readonly password: string };
  /** Whether the account is logged on at the console at every start. */
  readonly desktop: boolean;
  readonly image: { readonly noProgressMinutes: number; readonly deadlineMinutes: number };
  readonly snapshot: {
    readonly quiet: {
      readonly seconds: number;
      readonly cpuPercent: number;
      readonly diskKiBPerSecond: number;
      readonly capMinutes: number;
    };
    readonly bootMinutes: number;
    readonly memoryLayout: "sparse" | "packed";
  };
  readonly run: {
    readonly timeoutMinutes: number;
    readonly reviveSeconds: number;
    readonly clock: "snapshot" | "host";
  };
  readonly controller: { readonly mac: string; readonly memoryMiB: number; readonly machineType: string };
  /** The lowest dialect that the controller's Samba speaks, in smb.conf's words. */
  readonly smbProtocol: "NT1" | "SMB2_10" | "SMB3_00";
  readonly cygwin: {
    readonly packages: readonly string[];
    readonly architecture: "x86_64" | "x86";
    readonly sshdService: "cygsshd" | "sshd";
  };
  readonly nix: {
    /** What a builder has to offer beside `kvm`; sorted. */
    readonly requiredSystemFeatures: readonly string[];
    readonly substituteSnapshots: boolean;
  };
  readonly evaluationExpires: string | null;
}

/** What Windows is told during its installation. */
export interface PlannedSetup {
  readonly image: ImageChoice;
  readonly productKey: string | null;
  /** Of the medium. */
  readonly language: string;
  readonly locale: {
    readonly user: string;
    readonly system: string;
    /** Languages or such as `0409:00000409`; the first is the default. */
    readonly keyboards: readonly string[];
  };
  readonly timeZone: string;
  readonly computerName: string;
  readonly fullName: string;
  readonly organization: string;
  /** Null leaves the built-in Administrator as the release has it. */
  readonly administratorPassword: string | null;
  /** Local accounts beside the one that commands run as. */
  readonly accounts: readonly AnswerAccount[];
  readonly disk: DiskLayout;
  /** Folders of virtio-win that the bootstrap medium holds below `virtio-win`, such as `NetKVM/w11/amd64`. */
  readonly virtioWin: readonly string[];
  /** Names of further driver folders, which the Nix library is given; below `drivers` on the bootstrap medium. */
  readonly driverFolders: readonly string[];
  /** What Windows does by itself; false switches it off. */
  readonly behaviour: Behaviour;
  readonly requirementBypass: boolean;
  readonly networkBypass: boolean;
  readonly commands: {
    readonly windowsPE: readonly string[];
    readonly specialize: readonly string[];
    readonly firstLogon: readonly string[];
  };
  /** Below `files` on the bootstrap medium. */
  readonly files: readonly PlannedFile[];
  readonly extraSettings: readonly ExtraSetting[];
}

export interface PlannedFile {
  /** Below `files` on the bootstrap medium, forward slashes. */
  readonly path: string;
  readonly base64: string;
}

export interface PlannedHardware {
  readonly accelerator: "kvm" | "tcg";
  readonly machineType: string;
  readonly cpu: { readonly model: string; readonly flags: readonly string[] };
  readonly vcpus: number;
  readonly memoryMiB: number;
  readonly firmware: Firmware;
  readonly disk: { readonly bus: DiskBus; readonly sizeGiB: number };
  readonly nic: { readonly model: NicModel; readonly mac: string };
  readonly floppy: boolean;
  readonly rtcBase: string;
  readonly vmGenerationId: boolean;
}

/** What a plan needs from outside the spec, so that the same spec and inputs give the same bytes. */
export interface PlanInputs {
  /** The account's password where the spec gives none. */
  readonly password: string;
  /** Contents of the files that the spec names by a path, by that path. */
  readonly files: ReadonlyMap<string, Uint8Array>;
}
