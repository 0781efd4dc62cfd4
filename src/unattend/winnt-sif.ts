import { InternalError } from "../errors.ts";
import { driveLetters } from "./drive-letters.ts";
import { netmask } from "./netmask.ts";
import type { AnswerSettings } from "./settings.ts";
import { winntKeyboard, winntLocale } from "./winnt-sif-locales.ts";
import { printSif, quoted, type SifSection } from "./winnt-sif-print.ts";
import { winntTimeZone } from "./winnt-sif-time-zones.ts";

/**
 * winnt.sif for XP and Server 2003: Setup asks nothing, wipes and takes the first disk, logs Administrator on once and
 * starts the bootstrap medium's first-logon script, which makes the accounts. Same settings, same bytes. The sections are
 * those that installed XP for nixpkgs in 2014, and Microsoft's reference for Server 2003 (A50). Throws InternalError for
 * what the spec's rules refuse (spec/winnt-rules.ts).
 */
export function renderWinntSif(settings: AnswerSettings): string {
  return printSif([
    ...setupSections(settings),
    ...personalSections(settings),
    ...networkSections(settings.network),
    ...systemSections(settings),
    {
      name: "GuiRunOnce",
      entries: Object.fromEntries(
        firstLogonCommands.map((command, index) => [`Command${index}`, quoted(command)]),
      ),
    },
  ]);
}

// One for each letter, because a loop over them needs a percent sign, which marks a string in such files (A55).
const firstLogonCommands = driveLetters.map(
  (letter) => `cmd /c if exist ${letter}:\\casement\\marker.txt ${letter}:\\casement\\first-logon.cmd`,
);

function setupSections({ behaviour }: AnswerSettings): SifSection[] {
  return [
    {
      name: "Data",
      entries: {
        AutoPartition: 1,
        // Any other value may show a page that asks for it; quieten.cmd switches updates off (A50).
        AutomaticUpdates: "Yes",
        MsDosInitiated: 0,
        UnattendedInstall: "Yes",
      },
    },
    {
      name: "Unattended",
      entries: {
        UnattendMode: "FullUnattended",
        // No questions of Windows Welcome either.
        UnattendSwitch: "Yes",
        OemSkipEula: "Yes",
        OemPreinstall: "No",
        // The whole first disk becomes one NTFS partition.
        Repartition: "Yes",
        FileSystem: "ConvertNTFS",
        TargetPath: "\\WINDOWS",
        WaitForReboot: "No",
        DriverSigningPolicy: "Ignore",
        // There is no network that leads to updates of Setup.
        DUDisable: "Yes",
        Hibernation: behaviour.hibernation ? "Yes" : "No",
      },
    },
  ];
}

function personalSections(settings: AnswerSettings): SifSection[] {
  const { locale, productKey } = settings;
  if (productKey === null) throw new InternalError("winnt.sif needs a key, and the plan has none");
  const server = settings.product === "server";
  return [
    {
      name: "GuiUnattended",
      entries: {
        AdminPassword: quoted(settings.administratorPassword ?? settings.account.password),
        EncryptedAdminPassword: "No",
        AutoLogon: "Yes",
        AutoLogonCount: 1,
        OEMSkipRegional: 1,
        OemSkipWelcome: 1,
        TimeZone: known(winntTimeZone(settings.timeZone), settings.timeZone),
        ...(server ? { ServerWelcome: "No" } : {}),
      },
    },
    {
      name: "UserData",
      entries: {
        FullName: quoted(settings.fullName),
        OrgName: quoted(settings.organization),
        ComputerName: settings.computerName,
        ProductKey: quoted(productKey),
      },
    },
    // Server 2003 asks how it is licensed; five connections are more than the one that comes.
    ...(server ? [{ name: "LicenseFilePrintData", entries: { AutoMode: "PerServer", AutoUsers: 5 } }] : []),
    {
      name: "RegionalSettings",
      entries: {
        InputLocale: locale.inputLocale.split(";").map((each) => known(winntKeyboard(each), each)),
        SystemLocale: `0000${known(winntLocale(locale.systemLocale), locale.systemLocale)}`,
        UserLocale: `0000${known(winntLocale(locale.userLocale), locale.userLocale)}`,
      },
    },
    { name: "Display", entries: { BitsPerPel: 32, XResolution: 1024, YResolution: 768 } },
    { name: "Identification", entries: { JoinWorkgroup: "WORKGROUP" } },
  ];
}

// By MAC, as the answer file of later releases; quieten.cmd repeats it (A53).
function networkSections(network: AnswerSettings["network"]): SifSection[] {
  return [
    { name: "Networking", entries: { InstallDefaultComponents: "Yes" } },
    { name: "NetAdapters", entries: { Adapter1: "params.Adapter1" } },
    {
      name: "params.Adapter1",
      entries: { NetCardAddress: `0x${network.mac.replaceAll(":", "").toUpperCase()}` },
    },
    { name: "NetClients", entries: { MS_MSClient: "params.MS_MSClient" } },
    { name: "params.MS_MSClient", entries: {} },
    { name: "NetServices", entries: { MS_SERVER: "params.MS_SERVER" } },
    { name: "params.MS_SERVER", entries: {} },
    { name: "NetProtocols", entries: { MS_TCPIP: "params.MS_TCPIP" } },
    { name: "params.MS_TCPIP", entries: { AdapterSections: ["params.MS_TCPIP.Adapter1"] } },
    {
      name: "params.MS_TCPIP.Adapter1",
      entries: {
        SpecificTo: "Adapter1",
        DHCP: "No",
        IPAddress: network.address,
        SubnetMask: netmask(network.prefixLength),
        WINS: "No",
      },
    },
  ];
}

function systemSections({ behaviour }: AnswerSettings): SifSection[] {
  const off = "WindowsFirewall.TurnOff";
  return [
    ...(behaviour.firewall
      ? []
      : [
          { name: "WindowsFirewall", entries: { Profiles: off } },
          { name: off, entries: { Mode: 0 } },
        ]),
    { name: "TerminalServices", entries: { AllowConnections: behaviour.remoteDesktop ? 1 : 0 } },
  ];
}

function known<T>(value: T | undefined, name: string): T {
  if (value === undefined) throw new InternalError(`winnt.sif has no number for ${name}`);
  return value;
}
