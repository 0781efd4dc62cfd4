import { execa } from "execa";
import { ToolError } from "../errors.ts";
import { type Command, formatCommand } from "./command.ts";

export interface RunResult {
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a program to its end and returns what it wrote; a non-zero exit, a signal or a missing program is a ToolError with the last lines of stderr. */
export async function run(
  command: Command,
  options: { input?: string | Uint8Array; timeoutMs?: number; signal?: AbortSignal } = {},
): Promise<RunResult> {
  const result = await execa(command.file, command.args, {
    reject: false,
    stdin: options.input === undefined ? "ignore" : "pipe",
    ...(options.input === undefined ? {} : { input: options.input }),
    ...(command.env === undefined ? {} : { env: command.env }),
    ...(command.cwd === undefined ? {} : { cwd: command.cwd }),
    ...(options.timeoutMs === undefined ? {} : { timeout: options.timeoutMs }),
    ...(options.signal === undefined ? {} : { cancelSignal: options.signal }),
    forceKillAfterDelay: 2000,
  });
  if (!result.failed) return { stdout: result.stdout, stderr: result.stderr };
  if (result.code === "ENOENT") throw missingProgram(command.file);
  const how = result.timedOut
    ? `did not end within ${options.timeoutMs} ms`
    : result.signal !== undefined
      ? `was ended by ${result.signal}`
      : result.exitCode !== undefined
        ? `exited with ${result.exitCode}`
        : (result.originalMessage ?? "could not be started");
  throw new ToolError(`${formatCommand(command)} ${how}${lastLines(result.stderr)}`);
}

/** The message for a program that is not there. */
export function missingProgram(file: string): ToolError {
  return new ToolError(`program ${file} was not found`, {
    hint: "Install it, or put the folder it is in on PATH (npm run setup installs what casement needs on Debian).",
  });
}

function lastLines(stderr: string): string {
  const lines = stderr.trim().split("\n").slice(-8);
  return lines.join("") === "" ? "" : `\n${lines.map((line) => `  | ${line}`).join("\n")}`;
}
