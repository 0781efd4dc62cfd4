import { execa } from "execa";
import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
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

/** A running program; leaving its scope ends it and everything it started (its process group), with SIGKILL after the grace time. */
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

/** How much time `stop` leaves between SIGTERM and SIGKILL; 0 kills at once, for programs that have nothing to save. */
export interface SpawnOptions {
  readonly graceMs?: number;
}

/**
 * Starts a program as a process group of its own. stdin stays open until the scope is left: vde_switch exits when its
 * stdin ends, so it dies with the runtime, however the runtime dies. stdout has to be read or resumed by the caller.
 */
export async function spawn(command: Command, options: SpawnOptions = {}): Promise<Running> {
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
  const { pid } = child;
  if (pid === undefined) {
    const result = await child;
    if (result.code === "ENOENT") throw missingProgram(command.file);
    throw new Error(
      `${formatCommand(command)} could not be started: ${result.originalMessage ?? "unknown reason"}`,
    );
  }
  const exited = untilExit(child.nodeChildProcess, pid);
  const stop = async (): Promise<void> => {
    const graceMs = options.graceMs ?? 2000;
    killGroup(pid, graceMs === 0 ? "SIGKILL" : "SIGTERM");
    const timer = setTimeout(() => killGroup(pid, "SIGKILL"), graceMs);
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

/** Groups that are alive. A detached group outlives its parent unless somebody ends it. */
const alive = new Set<number>();
process.on("exit", () => {
  for (const pid of alive) killGroup(pid, "SIGKILL");
});

/**
 * Settles on the process's own end and not on the end of its streams: a stdout that nobody reads never ends. What
 * stderr still holds gets a moment to arrive, because it usually says why.
 */
async function untilExit(child: ChildProcess, pid: number): Promise<Exit> {
  alive.add(pid);
  const closed = once(child, "close").catch(() => undefined);
  const { exitCode, signal } = await new Promise<{ exitCode: number | null; signal: string | null }>(
    (resolve) => {
      child.once("exit", (exitCode, signal) => resolve({ exitCode, signal }));
    },
  );
  alive.delete(pid);
  let timer: NodeJS.Timeout | undefined;
  await Promise.race([
    closed,
    new Promise((resolve) => {
      timer = setTimeout(resolve, 200);
    }),
  ]);
  clearTimeout(timer);
  return {
    exitCode: exitCode ?? undefined,
    signal: signal ?? undefined,
    how: signal === null ? `exited with ${exitCode ?? "an unknown code"}` : `was ended by ${signal}`,
  };
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
