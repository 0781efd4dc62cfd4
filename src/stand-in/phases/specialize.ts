import { readFileSync } from "node:fs";
import { loadState, stateFile, writeWhole } from "../machine/files.ts";
import { writeAccounts } from "../machine/accounts.ts";
import { runCommandLine } from "../machine/command-line.ts";
import { listAdapters } from "../machine/network.ts";
import { say } from "../machine/screen.ts";
import { SetupStopped } from "../machine/setup-stopped.ts";
import { createPrograms } from "../programs/table.ts";
import type { SystemAnswers } from "../setup/answers.ts";

/** The pass specialize, in the installed system before its second restart: name, addresses, accounts, commands as SYSTEM. */
export function playSpecialize(environment: ReadonlyMap<string, string>): void {
  const answers = loadState<SystemAnswers | undefined>(stateFile("answers.json"), undefined);
  if (answers === undefined) throw new SetupStopped("specialize: the answers of Setup are missing");
  writeWhole(stateFile("hostname"), `${computerName(answers)}\n`);
  writeWhole(stateFile("network"), answers.addresses.map(networkLine).join(""));
  writeAccounts(answers.accounts);
  if (answers.autoLogon !== undefined) {
    if (!answers.accounts.some((each) => each.name.toLowerCase() === answers.autoLogon?.toLowerCase())) {
      throw new SetupStopped(
        `oobeSystem: AutoLogon names ${answers.autoLogon}, which is no account of the answer file`,
      );
    }
    writeWhole(stateFile("auto-logon"), `${answers.autoLogon}\n`);
  }
  const programs = createPrograms();
  for (const command of answers.specializeCommands) {
    const code = runCommandLine(command, {
      programs,
      environment,
      cwd: "C:\\Windows\\System32",
      path: "C:\\Windows\\System32;C:\\Windows",
      user: "SYSTEM",
    });
    say(`${command}: ${code}`);
    if (code !== 0) throw new SetupStopped(`specialize RunSynchronous: "${command}" ended with ${code}`);
  }
  writeWhole(stateFile("phase"), answers.autoLogon === undefined ? "installed\n" : "oobe\n");
}

function computerName(answers: SystemAnswers): string {
  const wanted = answers.computerName;
  if (wanted !== undefined && wanted !== "*") return wanted;
  return `STAND-IN-${readFileSync("/proc/sys/kernel/random/uuid", "utf8").slice(0, 4).toUpperCase()}`;
}

// Windows ignores an interface that it does not find and then has no address at all: here that stops.
function networkLine(wanted: SystemAnswers["addresses"][number]): string {
  const mac = wanted.identifier.replaceAll("-", ":").toLowerCase();
  const adapters = listAdapters();
  const adapter = adapters.find(
    (each) => each.mac === mac || each.name.toLowerCase() === wanted.identifier.toLowerCase(),
  );
  if (adapter === undefined) {
    throw new SetupStopped(
      `specialize: Microsoft-Windows-TCPIP names the interface ${wanted.identifier}; the machine has ${adapters.map((each) => each.mac).join(", ") || "none"}`,
    );
  }
  return `${adapter.mac} ${wanted.address}\n`;
}
