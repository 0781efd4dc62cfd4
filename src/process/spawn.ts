import { execa } from "execa";
import type { Readable, Writable } from "node:stream";
import { type Command, formatCommand } from "./command.ts";
import { missingProgram } from "./run.ts";

/** How a process ended, in words and as data. */
export interface Exit {
  readonly exitCode: number | undefined;
  readonly signal: string | undefined;
  /** Such as "exited with 1" or "was ended by SIGKILL". */
  readonly how: string;
}

/** A running program; leaving its scope ends it and everything it started (its process group), with SIGKILL after two seconds. */
export interface Running extends AsyncDisposable {
  readonly command: Command;
  readonly pid: number;
  /** Settles when the process ends; never rejects. */
  readonly exited: Promise<Exit>;
  readonly stdin: Writable;
  readonly stdout: Readable;
  readonly stderr: Readable;
  /** The last lines of stderr so far, for messages. */
  lastStderr(): string;
  /** Ends the process group and waits until it is gone. */
  stop(): Promise<void>;
}

/**
 * Starts a program as a process group of its own. stdin stays open until the scope is left: vde_switch exits when its
 * stdin ends, so it dies with the runtime, however the runtime dies. stdout has to be read or resumed by the caller.
 */
export async function spawn(command: Command): Promise<Running> {
  const child = execa(command.file, command.args, {
    reject: false,
    detached: true,
    buffer: false,
    stdin: "pipe",
    stdout: "pipe",
    stderr: "pipe",
    cleanup: true,
    ...(command.env === undefined ? {} : { env: command.env }),
    ...(command.cwd === undefined ? {} : { cwd: command.cwd }),
  });
  const tail = keepTail(child.stderr);
  child.stdin.on("error", () => undefined);
  const exited: Promise<Exit> = child.then((result) => ({
    exitCode: result.exitCode,
    signal: result.signal,
    how: describeExit(result.exitCode, result.signal, result.originalMessage),
  }));
  const { pid } = child;
  if (pid === undefined) {
    const result = await child;
    if (result.code === "ENOENT") throw missingProgram(command.file);
    throw new Error(
      `${formatCommand(command)} could not be started: ${result.originalMessage ?? "unknown reason"}`,
    );
  }
  const stop = async (): Promise<void> => {
    killGroup(pid, "SIGTERM");
    const timer = setTimeout(() => killGroup(pid, "SIGKILL"), 2000);
    await exited;
    clearTimeout(timer);
    killGroup(pid, "SIGKILL");
  };
  return {
    command,
    pid,
    exited,
    stdin: child.stdin,
    stdout: child.stdout,
    stderr: child.stderr,
    lastStderr: tail,
    stop,
    [Symbol.asyncDispose]: stop,
  };
}

function describeExit(
  exitCode: number | undefined,
  signal: string | undefined,
  message: string | undefined,
): string {
  if (signal !== undefined) return `was ended by ${signal}`;
  if (exitCode !== undefined) return `exited with ${exitCode}`;
  return message ?? "could not be started";
}

/** Signals a whole group; one that is gone already is fine. */
function killGroup(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(-pid, signal);
  } catch {
    // ESRCH: nothing left of it.
  }
}

/** Reads a stream to its end and keeps its last 4 KiB; a full unread pipe would stop the writer (nixpkgs#467248). */
function keepTail(stream: Readable): () => string {
  let kept = "";
  stream.setEncoding("utf8");
  stream.on("data", (chunk: string) => {
    kept = (kept + chunk).slice(-4096);
  });
  return () => kept.trim();
}
