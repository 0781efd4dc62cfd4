import { mkdirSync } from "node:fs";
import { loadState, stateFile, writeWhole } from "../machine/files.ts";
import { logOnAtConsole } from "../machine/console.ts";
import { runCommandLine } from "../machine/command-line.ts";
import { say } from "../machine/screen.ts";
import { createPrograms } from "../programs/table.ts";
import type { SystemAnswers } from "../setup/answers.ts";

/** The first logon: its commands run once, whatever becomes of them; the machine counts as installed before they start. */
export function playFirstLogon(environment: ReadonlyMap<string, string>): void {
  const answers = loadState<SystemAnswers>(stateFile("answers.json"), {
    computerName: undefined,
    timeZone: undefined,
    addresses: [],
    specializeCommands: [],
    accounts: [],
    autoLogon: undefined,
    firstLogonCommands: [],
  });
  const user = answers.autoLogon ?? "";
  writeWhole(stateFile("phase"), "installed\n");
  mkdirSync(`/cygdrive/c/Users/${user}`, { recursive: true });
  logOnAtConsole(user);
  const programs = createPrograms();
  for (const command of answers.firstLogonCommands) {
    const code = runCommandLine(command, {
      programs,
      environment,
      cwd: "C:\\Windows\\System32",
      path: "C:\\Windows\\System32;C:\\Windows",
      user,
    });
    say(`${command}: ${code}`);
  }
}
