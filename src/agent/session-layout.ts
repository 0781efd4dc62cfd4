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
  /** Result folder for bash and for native programs. */
  readonly out: string;
  readonly outNative: string;
  /** Fresh working folder, where the command starts. */
  readonly work: string;
  /** Folder for the session's own commands, on the guest's disk. */
  readonly commands: string;
}

/** The places of contract/guest.ts. */
export const guestLayout: SessionLayout = {
  server: guest.controllerAddress,
  path: "/usr/local/bin:/usr/bin:/bin",
  store: guest.mounts.store,
  xchg: guest.mounts.xchg,
  xchgNative: guest.drives.xchg,
  out: guest.out.cygwin,
  outNative: guest.out.native,
  work: guest.out.cygwin.replace(/out$/, "build"),
  commands: "/tmp/casement-commands",
};
