/** What the scripts on the bootstrap medium need to know; resolved, nothing optional. */
export interface BootstrapSettings {
  readonly access: { readonly user: string; readonly password: string };
  readonly network: { readonly mac: string; readonly address: string; readonly prefixLength: number };
  /** Packages for setup's -P, beside the Base category. */
  readonly cygwinPackages: readonly string[];
  /** `cygsshd` for current Cygwin, `sshd` for old snapshots. */
  readonly sshdService: "cygsshd" | "sshd";
}
