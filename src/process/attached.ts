import { spawn, spawnSync } from "node:child_process";
import { type Command, formatCommand } from "./command.ts";

/**
 * Runs a program to its end on open files of the caller (0 is stdin) and returns its exit code; one that was ended by a
 * signal or could not be started is an Error. Synchronous: for interpreters, which have nothing else to do meanwhile.
 */
export function runAttached(
  command: Command & { readonly argv0?: string },
  handles: { readonly stdin: number; readonly stdout: number; readonly stderr: number },
): number {
  const result = spawnSync(command.file, [...command.args], {
    stdio: [handles.stdin, handles.stdout, handles.stderr],
    ...(command.env === undefined ? {} : { env: { ...command.env } }),
    ...(command.cwd === undefined ? {} : { cwd: command.cwd }),
    ...(command.argv0 === undefined ? {} : { argv0: command.argv0 }),
  });
  if (result.error !== undefined)
    throw new Error(`${formatCommand(command)} could not be started: ${result.error.message}`);
  if (result.status === null) throw new Error(`${formatCommand(command)} was ended by ${result.signal}`);
  return result.status;
}

/** Runs a program to its end and returns what it wrote to stdout; a non-zero exit is an Error with its stderr. */
export function runCaptured(command: Command, input?: string | Uint8Array): string {
  const result = spawnSync(command.file, [...command.args], {
    encoding: "utf8",
    maxBuffer: 64 << 20,
    ...(input === undefined ? { stdio: ["ignore", "pipe", "pipe"] } : { input }),
    ...(command.env === undefined ? {} : { env: { ...command.env } }),
    ...(command.cwd === undefined ? {} : { cwd: command.cwd }),
  });
  if (result.error !== undefined)
    throw new Error(`${formatCommand(command)} could not be started: ${result.error.message}`);
  if (result.status !== 0) {
    throw new Error(
      `${formatCommand(command)} ended with ${result.status ?? result.signal}: ${(result.stderr || result.stdout).trim()}`,
    );
  }
  return result.stdout;
}

/**
 * Starts a program that outlives its caller, on no terminal and no files, as the leader of a process group of its own; returns
 * its process id. One that cannot be started is an Error.
 */
export function spawnDetached(command: Command): number {
  return spawnUnattended(command, true);
}

/** The same in the caller's process group: what ends all of that ends this one as well. */
export function spawnBeside(command: Command): number {
  return spawnUnattended(command, false);
}

function spawnUnattended(command: Command, detached: boolean): number {
  const child = spawn(command.file, [...command.args], {
    detached,
    stdio: "ignore",
    ...(command.env === undefined ? {} : { env: { ...command.env } }),
    ...(command.cwd === undefined ? {} : { cwd: command.cwd }),
  });
  // The reason would come as an event, for which its callers do not wait.
  child.on("error", () => undefined);
  child.unref();
  if (child.pid === undefined) throw new Error(`${formatCommand(command)} could not be started`);
  return child.pid;
}

/** Waits and does nothing else. */
export function sleepSync(milliseconds: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, milliseconds);
}
