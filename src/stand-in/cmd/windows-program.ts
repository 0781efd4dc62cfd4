import { closeSync, existsSync, openSync, readFileSync, readSync, rmSync } from "node:fs";
import { runAttached } from "../../process/attached.ts";
import type { Command } from "../../process/command.ts";
import { scratchFile } from "../machine/scratch.ts";
import { type Handles, print } from "../programs/program.ts";

/** What the package stand-in-wine brings: runs a Windows program under Wine (nix/stand-in/files/wine/windows-program). */
const runner = "/usr/libexec/windows-program";

/** cmd's code for a program that the machine cannot run (ERROR_EXE_MACHINE_TYPE_MISMATCH). */
const machineMismatch = 216;

/** True for a file in the format of Windows' programs, whatever machine it is for. */
export function isWindowsProgram(path: string): boolean {
  const file = openSync(path, "r");
  try {
    const magic = Buffer.alloc(2);
    return readSync(file, magic, 0, 2, 0) === 2 && magic.toString("latin1") === "MZ";
  } finally {
    closeSync(file);
  }
}

/** The command that runs it under Wine, for one whose exit code nobody asks for. */
export function windowsCommand(command: Command): Command {
  return { ...command, file: runner, args: [command.file, ...command.args] };
}

/** The whole code that Wine's side has left, signed as cmd has it; undefined where it has left none, as on a disk that is full. */
export function loadExitCode(file: string): number | undefined {
  const text = existsSync(file) ? readFileSync(file, "utf8").trim() : "";
  return /^\d+$/.test(text) ? Number(text) | 0 : undefined;
}

/** Runs it to its end and returns all 32 bits of its exit code. */
export function runWindowsProgram(command: Command, handles: Handles): number {
  if (!existsSync(runner)) {
    print(
      handles.stderr,
      `${command.file} is a Windows program, and the stand-in runs those with its package stand-in-wine, which is not installed`,
    );
    return machineMismatch;
  }
  const codeFile = scratchFile("exit-code");
  try {
    runAttached(
      { ...windowsCommand(command), env: { ...command.env, STAND_IN_EXIT_CODE: codeFile } },
      handles,
    );
    const code = loadExitCode(codeFile);
    if (code !== undefined) return code;
    print(
      handles.stderr,
      `${command.file}: Wine could not start it, or had no room for its exit code; programs for Windows on amd64 run here`,
    );
    return machineMismatch;
  } finally {
    rmSync(codeFile, { force: true });
  }
}
