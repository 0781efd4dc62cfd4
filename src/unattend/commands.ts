import type { AnswerSettings } from "./settings.ts";

// Where a CD can be: not A to C, and not the letters that runs map. At the prompt and in Setup a loop has a single %.
const drives = "D E F G H I J K L M N O P Q R T U V W Y Z";

/** The one first-logon command: finds the bootstrap medium by its marker and calls the script there. */
export const firstLogonCommand = `cmd /c for %i in (${drives}) do @if exist %i:\\casement\\marker.txt call %i:\\casement\\first-logon.cmd`;

/** Commands of the windowsPE pass; they run before disk setup, when only WinPE's own registry can be changed. */
export function setupCommands(settings: AnswerSettings): string[] {
  if (!settings.requirementBypass) return [];
  return ["TPM", "SecureBoot", "RAM", "CPU", "Storage"].map((check) =>
    setDword("HKLM\\SYSTEM\\Setup\\LabConfig", `Bypass${check}Check`, 1),
  );
}

/**
 * Commands of the specialize pass, run as SYSTEM in the installed Windows before it has users. What only quietens comes
 * later, in quieten.cmd; here is what has to be so before the first logon.
 */
export function specializeCommands(settings: AnswerSettings): string[] {
  return [
    // Before the first reading of the clock that counts: QEMU's RTC is UTC.
    setDword("HKLM\\SYSTEM\\CurrentControlSet\\Control\\TimeZoneInformation", "RealTimeIsUniversal", 1),
    // A belt: with a local account in the file OOBE does not ask for a network.
    ...(settings.networkBypass
      ? [setDword("HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\OOBE", "BypassNRO", 1)]
      : []),
    setDword("HKLM\\SOFTWARE\\Policies\\Microsoft\\Windows\\WindowsUpdate\\AU", "NoAutoUpdate", 1),
    "reg add HKLM\\SYSTEM\\CurrentControlSet\\Control\\Network\\NewNetworkWindowOff /f",
    // Before Defender has ever run (A9). The component's DisableAntiSpyware is ignored by current clients.
    `cmd /c "(for %i in (Sense WdBoot WdFilter WdNisDrv WdNisSvc WinDefend) do reg add ${services}\\%i /v Start /t REG_DWORD /d 4 /f) & exit 0"`,
    // Setup runs it when it fails for good, from here only; it is on the disk from now on (A18).
    `cmd /c "md ${setupScripts} & exit 0"`,
    `cmd /c "(for %i in (${drives}) do if exist %i:\\casement\\ErrorHandler.cmd copy /y %i:\\casement\\ErrorHandler.cmd ${setupScripts}\\) & exit 0"`,
  ];
}

const services = "HKLM\\SYSTEM\\CurrentControlSet\\Services";
const setupScripts = "%windir%\\Setup\\Scripts";

function setDword(key: string, name: string, data: number): string {
  return `reg add ${key} /v ${name} /t REG_DWORD /d ${data} /f`;
}
