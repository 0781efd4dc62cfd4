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

interface Entry extends Applicability {
  readonly command: string;
}

function pick(table: readonly Entry[], settings: AnswerSettings): string[] {
  return table.filter((entry) => applies(entry, settings)).map((entry) => entry.command);
}

// Only Setup of Windows 11 looks, and no server's does.
const setupTable: readonly Entry[] = ["TPM", "SecureBoot", "RAM", "CPU", "Storage"].map((check) => ({
  command: setDword("HKLM\\SYSTEM\\Setup\\LabConfig", `Bypass${check}Check`, 1),
  since: "11",
  product: "client",
  bypass: "requirementBypass",
}));

const services = "HKLM\\SYSTEM\\CurrentControlSet\\Services";
const setupScripts = "%windir%\\Setup\\Scripts";

const specializeTable: readonly Entry[] = [
  // Before the first reading of the clock that counts: QEMU's RTC is UTC.
  {
    command: setDword(
      "HKLM\\SYSTEM\\CurrentControlSet\\Control\\TimeZoneInformation",
      "RealTimeIsUniversal",
      1,
    ),
  },
  // A belt: with a local account in the file OOBE does not ask for a network.
  {
    command: setDword("HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\OOBE", "BypassNRO", 1),
    since: "11",
    product: "client",
    bypass: "networkBypass",
  },
  {
    command: setDword("HKLM\\SOFTWARE\\Policies\\Microsoft\\Windows\\WindowsUpdate\\AU", "NoAutoUpdate", 1),
    off: "updates",
  },
  { command: "reg add HKLM\\SYSTEM\\CurrentControlSet\\Control\\Network\\NewNetworkWindowOff /f" },
  // Before Defender has ever run (A9). Which of these services there are differs by release and edition; a value for one that is
  // not there would make half a service of it.
  {
    command: `cmd /c "(for %i in (Sense WdBoot WdFilter WdNisDrv WdNisSvc WinDefend) do (reg query ${services}\\%i /v Start & if not errorlevel 1 reg add ${services}\\%i /v Start /t REG_DWORD /d 4 /f)) & exit 0"`,
    since: "8.1",
    off: "defender",
  },
  // Setup runs it when it fails for good, from here only; it is on the disk from now on (A18).
  { command: `cmd /c "md ${setupScripts} & exit 0"` },
  {
    command: `cmd /c "(for %i in (${drives}) do if exist %i:\\casement\\ErrorHandler.cmd copy /y %i:\\casement\\ErrorHandler.cmd ${setupScripts}\\) & exit 0"`,
  },
];

function setDword(key: string, name: string, data: number): string {
  return `reg add ${key} /v ${name} /t REG_DWORD /d ${data} /f`;
}
