import type { Console } from "./console.ts";
import type { Host } from "./host.ts";
import type { Log } from "./log.ts";
import type { Vitals } from "./vitals.ts";

/** What main.ts gives a stage; no stage reads the environment or prints by itself. */
export interface StageContext {
  readonly log: Log;
  readonly vitals: Vitals;
  readonly host: Host;
  /** Folder in which the working folder is made; short, because of the sockets in it. */
  readonly top: string;
  /** True once a signal told the runtime to end, or nobody reads what it says. */
  readonly ended: () => boolean;
  /** What the command line says beside the configuration; a debug session's and a test's driver's only. */
  readonly flags: readonly string[];
  /** Folder that relative paths in them are taken from. */
  readonly cwd: string;
  /** Where a person sits at a debug session. */
  readonly console: Console;
  /** Receives what the command writes, as it comes. */
  readonly output: (stream: "stdout" | "stderr", data: Buffer) => void;
}

/** How messages call the guest: nothing that runs on the stand-in is called Windows. */
export function guestTitle(config: { readonly standIn: boolean; readonly release: string }): string {
  return config.standIn ? `the stand-in for ${config.release}` : config.release;
}
