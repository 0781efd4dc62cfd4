/** What casement lays down inside Windows; the scripts on the media, the session and the stand-in agree on it. */
export const guest = {
  address: "192.168.0.1",
  prefixLength: 24,
  controllerAddress: "192.168.0.2",
  sshPort: 22,
  smbPort: 445,
  /** Share names of the controller's Samba. */
  shares: { store: "nixstore", xchg: "xchg" },
  drives: { store: "S:", xchg: "X:" },
  /** Mount points in Cygwin's fstab. */
  mounts: { store: "/nix/store", xchg: "/tmp/xchg" },
  folder: "C:\\casement",
  cygwinRoot: "C:\\cygwin64",
  /** A pinned Win32-OpenSSH; no blank in it, which a service's path would have to quote. */
  opensshRoot: "C:\\OpenSSH",
  /**
   * Folder of a run's outputs, each under its name in the store: native and Cygwin spelling. Bash sees them at their store
   * paths; a native program that takes such a path for one of its own drive's finds them, too.
   */
  outputs: { native: "C:\\nix\\store", cygwin: "/cygdrive/c/nix/store" },
  /** Fresh working folder of a run. As with the outputs, bash sees it at the path below C:, which is that of Nix's sandbox. */
  work: { native: "C:\\build", cygwin: "/cygdrive/c/build", mount: "/build" },
  taskName: "casement",
  /** Commands at the desktop: the interactive task's name, and the folder that it shares with the session that asked for it. */
  desktop: {
    task: "casement-desktop",
    native: "C:\\casement\\desktop",
    cygwin: "/cygdrive/c/casement/desktop",
  },
} as const;

/**
 * Stages that the guest announces on COM1, in order; one line each: `casement stage=NAME`.
 * A failure is `casement failed=NAME code=N reason=TEXT` and ends the image build.
 */
export const beaconStages = [
  "first-logon",
  "quieten",
  "cygwin",
  "sshd",
  "settle",
  "verify",
  "installed",
] as const;
/** In the place of cygwin and sshd, where Win32-OpenSSH is the way in. */
export const opensshStage = "openssh";
/** Between first-logon and quieten, where the spec has commands for the first logon. */
export const userCommandsStage = "user-commands";
/** Between verify and installed, where the spec has windows.desktop. */
export const desktopStage = "desktop";
export type BeaconStage = (typeof beaconStages)[number];

export type Beacon =
  | { readonly kind: "stage"; readonly stage: string }
  | {
      readonly kind: "failed";
      readonly stage: string;
      readonly code: number | undefined;
      readonly reason: string;
    };

/** Reads one line of COM1; undefined for anything that is not a beacon (boot messages, noise before the first byte). */
export function parseBeacon(line: string): Beacon | undefined {
  const text = /casement (stage|failed)=([A-Za-z0-9-]+)(.*)$/.exec(line.trimEnd());
  if (text === null) return undefined;
  const [, verb, stage = "", rest = ""] = text;
  if (verb === "stage") return { kind: "stage", stage };
  const code = /(?:^|\s)code=(-?\d+)/.exec(rest)?.[1];
  const reason = /(?:^|\s)reason=(.*)$/.exec(rest)?.[1] ?? "";
  return { kind: "failed", stage, code: code === undefined ? undefined : Number(code), reason };
}
