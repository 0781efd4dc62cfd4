import type { Family } from "../catalogue/release.ts";
import type { PlannedFile } from "../plan/plan.ts";
import type { AnswerAccount, Behaviour } from "../unattend/settings.ts";

/** What the scripts on the bootstrap medium need to know; resolved, nothing optional. */
export interface BootstrapSettings {
  readonly family: Family;
  readonly access: {
    readonly kind: "cygwin" | "openssh";
    readonly user: string;
    readonly password: string;
  };
  /** Made by the scripts where winnt.sif, which knows no accounts, is the answer file. */
  readonly accounts: readonly AnswerAccount[];
  readonly network: { readonly mac: string; readonly address: string; readonly prefixLength: number };
  readonly behaviour: Behaviour;
  /** Whether the account is logged on at the console from the end of the installation on. */
  readonly desktop: boolean;
  readonly cygwin: {
    /** Packages for setup's -P, beside the Base category. */
    readonly packages: readonly string[];
    readonly architecture: "x86_64" | "x86";
    /** `cygsshd` for current Cygwin, `sshd` for old snapshots. */
    readonly sshdService: "cygsshd" | "sshd";
  };
  /** The spec's own lines of batch for the first logon. */
  readonly firstLogon: readonly string[];
  /** The spec's own files, below `files` on the medium. */
  readonly files: readonly PlannedFile[];
}
