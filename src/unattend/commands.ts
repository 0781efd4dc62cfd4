import { type Applicability, applies } from "./applies.ts";
import { driveLetters } from "./drive-letters.ts";
import type { AnswerSettings } from "./settings.ts";

// At the prompt and in Setup a loop has a single %.
const drives = driveLetters.join(" ");

/** The one first-logon command: finds the bootstrap medium by its marker and calls the script there. */
export const firstLogonCommand = `cmd /c for %i in (${drives}) do @if exist %i:\\casement\\marker.txt call %i:\\casement\\first-logon.cmd`;

/** Commands of the windowsPE pass; they run before disk setup, when only WinPE's own registry can be changed. */
export function setupCommands(settings: AnswerSettings): string[] {
  return [...pick(setupTable, settings), ...settings.commands.windowsPE];
}

/**
 * Commands of the specialize pass, run as SYSTEM in the installed Windows before it has users. What only quietens comes
 * later, by the guest's scripts; here is what has to be so before the first logon.
 */
export function specializeCommands(settings: AnswerSettings): string[] {
  return [...pick(specializeTable, settings), ...settings.commands.specialize];
}

/** A command of casement's own, for which machines it is, and why it is there. */
export interface OwnCommand extends Applicability {
  readonly command: string;
  readonly reason: string;
}

function pick(table: readonly OwnCommand[], settings: AnswerSettings): string[] {
  return table.filter((entry) => applies(entry, settings)).map((entry) => entry.command);
}

const setupTable: readonly OwnCommand[] = ["TPM", "SecureBoot", "RAM", "CPU", "Storage"].map((check) => ({
  command: setDword("HKLM\\SYSTEM\\Setup\\LabConfig", `Bypass${check}Check`, 1),
  reason: "only Setup of Windows 11 looks, and no server's does",
  since: "11",
  product: "client",
  bypass: "requirementBypass",
}));

const services = "HKLM\\SYSTEM\\CurrentControlSet\\Services";
const setupScripts = "%windir%\\Setup\\Scripts";

const errorHandler = "Setup runs ErrorHandler.cmd when it fails for good, from this folder only (A18)";

const specializeTable: readonly OwnCommand[] = [
  {
    command: setDword(
      "HKLM\\SYSTEM\\CurrentControlSet\\Control\\TimeZoneInformation",
      "RealTimeIsUniversal",
      1,
    ),
    reason: "QEMU's clock is UTC, and this is before the first reading of it that counts",
  },
  {
    command: setDword("HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\OOBE", "BypassNRO", 1),
    reason: "a belt: with a local account in the file the first start does not ask for a network",
    since: "11",
    product: "client",
    bypass: "networkBypass",
  },
  {
    command: setDword("HKLM\\SOFTWARE\\Policies\\Microsoft\\Windows\\WindowsUpdate\\AU", "NoAutoUpdate", 1),
    reason: "nothing may look for updates before the first logon",
    off: "updates",
  },
  {
    command: "reg add HKLM\\SYSTEM\\CurrentControlSet\\Control\\Network\\NewNetworkWindowOff /f",
    reason: "Windows would ask whether a new network is a private one",
  },
  // Which of these services there are differs by release and edition; a value for one that is not there would make half a
  // service of it.
  {
    command: `cmd /c "(for %i in (Sense WdBoot WdFilter WdNisDrv WdNisSvc WinDefend) do (reg query ${services}\\%i /v Start & if not errorlevel 1 reg add ${services}\\%i /v Start /t REG_DWORD /d 4 /f)) & exit 0"`,
    reason: "before Defender has ever run (A9)",
    since: "8.1",
    off: "defender",
  },
  { command: `cmd /c "md ${setupScripts} & exit 0"`, reason: errorHandler },
  {
    command: `cmd /c "(for %i in (${drives}) do if exist %i:\\casement\\ErrorHandler.cmd copy /y %i:\\casement\\ErrorHandler.cmd ${setupScripts}\\) & exit 0"`,
    reason: errorHandler,
  },
];

/** All of them, for whichever machine. */
export const ownCommands: readonly OwnCommand[] = [...setupTable, ...specializeTable];

function setDword(key: string, name: string, data: number): string {
  return `reg add ${key} /v ${name} /t REG_DWORD /d ${data} /f`;
}
