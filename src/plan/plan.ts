import type { Firmware, ImageChoice } from "../catalogue/release.ts";

/** A spec with every question answered: plain JSON, nothing optional, nothing left to a default. */
export interface Plan {
  readonly name: string;
  readonly release: {
    readonly id: string;
    readonly title: string;
    readonly architecture: "amd64";
  };
  readonly edition: { readonly id: string; readonly evaluation: boolean };
  /** Null where `iso` is given to the Nix library. */
  readonly iso: { readonly name: string; readonly sha256: string } | null;
  readonly hardware: PlannedHardware;
  readonly setup: {
    readonly image: ImageChoice;
    readonly productKey: string | null;
    readonly language: string;
    readonly timeZone: string;
    readonly computerName: string;
    readonly fullName: string;
    readonly organization: string;
    readonly requirementBypass: boolean;
    readonly networkBypass: boolean;
  };
  readonly account: { readonly user: string; readonly password: string };
  readonly image: { readonly noProgressMinutes: number; readonly deadlineMinutes: number };
  readonly snapshot: {
    readonly quiet: {
      readonly seconds: number;
      readonly cpuPercent: number;
      readonly diskKiBPerSecond: number;
      readonly capMinutes: number;
    };
    readonly bootMinutes: number;
  };
  readonly run: {
    readonly timeoutMinutes: number;
    readonly reviveSeconds: number;
    readonly clock: "snapshot" | "host";
  };
  readonly controller: { readonly mac: string; readonly memoryMiB: number; readonly machineType: string };
  readonly cygwin: { readonly packages: readonly string[]; readonly sshdService: "cygsshd" | "sshd" };
  readonly evaluationExpires: string | null;
}

export interface PlannedHardware {
  readonly accelerator: "kvm" | "tcg";
  readonly machineType: string;
  readonly cpu: { readonly model: string; readonly flags: readonly string[] };
  readonly vcpus: number;
  readonly memoryMiB: number;
  readonly firmware: Firmware;
  readonly disk: { readonly bus: "ide" | "ahci"; readonly sizeGiB: number };
  readonly nic: { readonly model: "e1000" | "e1000e"; readonly mac: string };
  readonly floppy: boolean;
  readonly rtcBase: string;
  readonly vmGenerationId: boolean;
}

/** What a plan needs from outside the spec, so that the same spec and inputs give the same bytes. */
export interface PlanInputs {
  /** The account's password where the spec gives none. */
  readonly password: string;
}
