import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { ToolError } from "../../errors.ts";
import { exitCodes } from "../../errors.ts";
import { type Command, formatCommand } from "../../process/command.ts";
import { type Exit, type Running, spawn } from "../../process/spawn.ts";
import { startListener } from "../listener.ts";
import { appendTo } from "../log-file.ts";
import { printable } from "../printable.ts";
import { QmpClosed, QmpRefused } from "../qmp/protocol.ts";
import { openQmp, type QmpSession } from "../qmp/session.ts";
import { pause, type Vitals, within } from "../vitals.ts";

export interface MachineOptions {
  /** `guest` or `controller`; in messages and file names. */
  readonly name: string;
  readonly command: Command;
  /** QMP socket that the command makes QEMU connect to. */
  readonly qmp: string;
  /** Folder for the command line, QEMU's stderr and QMP's events. */
  readonly logs: string;
  /** File that gets the console; its last lines say why a machine has ended itself. */
  readonly console?: string;
  readonly vitals: Vitals;
}

/** A running QEMU with its QMP session. Leaving its scope kills it: what it has to save is saved by `quit` before. */
export interface Machine extends AsyncDisposable {
  readonly name: string;
  readonly pid: number;
  readonly qmp: QmpSession;
  /** A QMP command; ends with the stage's failure where QEMU dies of it, and a refusal is a ToolError. */
  execute(command: string, args?: Readonly<Record<string, unknown>>): Promise<unknown>;
  /** Ends QEMU in order: what it has written reaches its files. */
  quit(): Promise<void>;
}

/** Starts QEMU and waits for its QMP session; a QEMU that exits at once is a ToolError with its stderr. From then on its death fails the stage. */
export async function startMachine(options: MachineOptions): Promise<Machine> {
  const { name, vitals } = options;
  await using starting = new AsyncDisposableStack();
  const listener = starting.use(await startListener(options.qmp));
  writeFileSync(join(options.logs, `${name}.command`), `${formatCommand(options.command)}\n`);
  const running = starting.use(await spawn(options.command, { graceMs: 0 }));
  running.stdout.resume();
  running.stderr.on("data", appendTo(join(options.logs, `${name}.stderr`), vitals));
  let leaving = false;
  starting.defer(() => {
    leaving = true;
  });
  void running.exited.then((exit) => {
    if (!leaving) vitals.fail(diedUnexpectedly(options, running, exit));
  });
  const socket = await within(
    vitals.race(listener.connection),
    30_000,
    () => new ToolError(`QEMU of the ${name} did not connect to its QMP socket within 30 s`),
  );
  const qmp = await orWhyItDied(vitals, openQmp(socket));
  const keepEvent = appendTo(join(options.logs, `${name}.qmp.jsonl`), vitals);
  qmp.onEvent((event) => keepEvent(`${JSON.stringify(event)}\n`));
  const owned = starting.move();
  return {
    name,
    pid: running.pid,
    qmp,
    async execute(command, args) {
      return orWhyItDied(vitals, qmp.execute(command, args));
    },
    async quit() {
      leaving = true;
      await qmp.execute("quit").catch((error: unknown) => {
        if (!(error instanceof QmpClosed)) throw error;
      });
      await within(
        running.exited,
        30_000,
        () => new ToolError(`QEMU of the ${name} did not end within 30 s of quit`),
      );
    },
    async [Symbol.asyncDispose]() {
      leaving = true;
      await owned.disposeAsync();
    },
  };
}

/** QMP's end is noticed some milliseconds before the process's: the exit says more. */
async function orWhyItDied<T>(vitals: Vitals, promise: Promise<T>): Promise<T> {
  try {
    return await vitals.race(promise);
  } catch (error) {
    if (error instanceof QmpClosed) {
      await Promise.race([vitals.failed, pause(1000)]);
      throw vitals.failure() ?? new ToolError(error.message, { cause: error });
    }
    if (error instanceof QmpRefused) throw new ToolError(error.message, { cause: error });
    throw error;
  }
}

function diedUnexpectedly({ name, console }: MachineOptions, running: Running, exit: Exit): ToolError {
  const said = [running.lastStderr(), console === undefined ? "" : readConsole(console)].join("\n").trim();
  const lines = said === "" ? "" : `\n${indent(said.split("\n").slice(-12))}`;
  if (exit.signal === "SIGBUS") {
    return new ToolError(`QEMU of the ${name} was ended by SIGBUS${lines}`, {
      hint: "The file system that holds the RAM file is full: free space there and build again.",
      exitCode: exitCodes.space,
    });
  }
  return new ToolError(`QEMU of the ${name} ${exit.how}${lines}`, {
    hint: `It was started with: ${formatCommand(running.command)}`,
  });
}

function readConsole(file: string): string {
  try {
    return printable(readFileSync(file, "utf8").replaceAll("\r", "").slice(-4096));
  } catch {
    return "";
  }
}

function indent(lines: readonly string[]): string {
  return lines.map((line) => `  | ${line}`).join("\n");
}
