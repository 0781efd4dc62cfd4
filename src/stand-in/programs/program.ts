import { writeSync } from "node:fs";
import { errorCode } from "../machine/error-code.ts";

/** Open files of one call. */
export interface Handles {
  readonly stdin: number;
  readonly stdout: number;
  readonly stderr: number;
}

/** One call of a Windows program that the bundle plays. */
export interface Call {
  /** Name as called, without .exe, in lower case. */
  readonly name: string;
  readonly args: readonly string[];
  /** The command line behind the name, unparsed. */
  readonly tail: string;
  readonly handles: Handles;
  /** Windows path. */
  readonly cwd: string;
  /** Windows environment, names in upper case. */
  readonly environment: ReadonlyMap<string, string>;
}

/** Does the thing and returns the exit code. */
export type Program = (call: Call) => number;

/** Writes lines with Windows' line ends. */
export function print(handle: number, ...lines: readonly string[]): void {
  for (const line of lines) writeAll(handle, Buffer.from(`${line}\r\n`, "utf8"));
}

/** Writes all bytes; a pipe can take fewer at once. A reader that is gone is no fault. */
export function writeAll(handle: number, bytes: Uint8Array): void {
  let at = 0;
  while (at < bytes.length) {
    try {
      at += writeSync(handle, bytes, at);
    } catch (error) {
      const code = errorCode(error);
      if (code === "EAGAIN") continue;
      if (code === "EPIPE") return;
      throw error;
    }
  }
}

/** A usage error, in the words of most Windows programs, with what the stand-in did not take. */
export function refuse(call: Call, what: string): number {
  print(call.handles.stderr, `ERROR: Invalid syntax. ${call.name}: ${what} (stand-in)`);
  return 1;
}
