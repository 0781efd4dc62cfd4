import { guest } from "../contract/guest.ts";

/** Where things lie in the guest during a session; the contract's places, but for tests. */
export interface SessionLayout {
  /** \\server of the shares. */
  readonly server: string;
  /** Searched before the login's own PATH: Windows has a tar.exe and a find.exe too. */
  readonly path: string;
  /** Mount points as the guest's bash sees them. */
  readonly store: string;
  readonly xchg: string;
  /** The same folder for native programs. */
  readonly xchgNative: string;
  /** Folder that has a folder or file for each output, named as in the store, for bash and for native programs. */
  readonly outputs: string;
  readonly outputsNative: string;
  /** Empty working folder; bash starts where the guest's fstab mounts it. */
  readonly work: string;
  readonly workMount: string;
  /** Folder for the session's own commands, on the guest's disk. */
  readonly commands: string;
  /** What a command at the desktop leaves for the session that waits for it. */
  readonly desktop: string;
}

/** The places of contract/guest.ts. */
export const guestLayout: SessionLayout = {
  server: guest.controllerAddress,
  path: "/usr/local/bin:/usr/bin:/bin",
  store: guest.mounts.store,
  xchg: guest.mounts.xchg,
  xchgNative: guest.drives.xchg,
  outputs: guest.outputs.cygwin,
  outputsNative: guest.outputs.native,
  work: guest.work.cygwin,
  workMount: guest.work.mount,
  commands: "/tmp/casement-commands",
  desktop: guest.desktop.cygwin,
};
