/** What a value of winnt.sif may be; `words` say it in a message. */
export interface SifForm {
  readonly pattern: RegExp;
  readonly words: string;
}

/** A section that is known: its entries by name, and which of them Setup asks about or goes wrong without. */
export interface SifSectionRule {
  readonly keys: Readonly<Record<string, SifForm>>;
  readonly required: readonly string[];
}

const oneOf = (...values: readonly string[]): SifForm => ({
  pattern: new RegExp(`^(${values.join("|")})$`, "i"),
  words: values.join(", "),
});
const form = (pattern: RegExp, words: string): SifForm => ({ pattern, words });

const yesNo = oneOf("Yes", "No");
const bit = oneOf("0", "1");
const anyText = form(/^.{0,127}$/, "at most 127 characters");
const sectionName = form(/^[\w.]+$/, "a section's name");
const locale = form(/^0000[0-9A-F]{4}$/i, "a locale of eight hexadecimal digits such as 00000407");
const address = form(/^(\d{1,3}\.){3}\d{1,3}$/, "an IPv4 address");

/**
 * Sections and entries of winnt.sif that casement's own and public files for XP and Server 2003 have, with the values that
 * Microsoft's unattended installation reference for Server 2003 allows. Names compare without case.
 */
export const sifSections: Readonly<Record<string, SifSectionRule>> = {
  Data: {
    keys: { AutoPartition: bit, AutomaticUpdates: yesNo, MsDosInitiated: bit, UnattendedInstall: yesNo },
    required: ["AutoPartition", "MsDosInitiated", "UnattendedInstall"],
  },
  Unattended: {
    keys: {
      UnattendMode: oneOf("DefaultHide", "FullUnattended", "GuiAttended", "ProvideDefault", "ReadOnly"),
      UnattendSwitch: yesNo,
      OemSkipEula: yesNo,
      OemPreinstall: yesNo,
      Repartition: yesNo,
      FileSystem: oneOf("ConvertNTFS", "LeaveAlone"),
      TargetPath: form(/^\\[A-Z0-9_]{1,8}$/i, "a folder of eight characters such as \\WINDOWS"),
      WaitForReboot: yesNo,
      DriverSigningPolicy: oneOf("Block", "Ignore", "Warn"),
      DUDisable: yesNo,
      Hibernation: yesNo,
    },
    required: ["UnattendMode", "OemSkipEula", "Repartition", "TargetPath"],
  },
  GuiUnattended: {
    keys: {
      AdminPassword: anyText,
      EncryptedAdminPassword: yesNo,
      AutoLogon: yesNo,
      AutoLogonCount: form(/^[1-9]\d{0,4}$/, "a number from 1"),
      OEMSkipRegional: bit,
      OemSkipWelcome: bit,
      ServerWelcome: yesNo,
      TimeZone: form(/^\d{1,3}$/, "a number of Microsoft's time zone index"),
    },
    required: ["AdminPassword", "AutoLogon", "OEMSkipRegional", "OemSkipWelcome", "TimeZone"],
  },
  UserData: {
    keys: {
      FullName: form(/^.{1,63}$/, "1 to 63 characters"),
      OrgName: form(/^.{0,63}$/, "at most 63 characters"),
      ComputerName: form(/^(?!\d+$)[A-Z0-9-]{1,15}$/i, "1 to 15 letters, digits and dashes"),
      ProductKey: form(/^[A-Z0-9]{5}(-[A-Z0-9]{5}){4}$/, "five groups of five capital letters and digits"),
    },
    required: ["FullName", "ComputerName", "ProductKey"],
  },
  LicenseFilePrintData: {
    keys: {
      AutoMode: oneOf("PerServer", "PerSeat"),
      AutoUsers: form(/^([5-9]|[1-9]\d{1,3})$/, "a number from 5 to 9999"),
    },
    required: ["AutoMode", "AutoUsers"],
  },
  RegionalSettings: {
    keys: {
      InputLocale: form(
        /^[0-9A-F]{4}:[0-9A-F]{8}(,[0-9A-F]{4}:[0-9A-F]{8})*$/i,
        "locales and layouts such as 0407:00000407, separated by commas",
      ),
      SystemLocale: locale,
      UserLocale: locale,
    },
    required: [],
  },
  Display: {
    keys: {
      BitsPerPel: oneOf("8", "16", "24", "32"),
      XResolution: form(/^\d{3,4}$/, "a number of pixels"),
      YResolution: form(/^\d{3,4}$/, "a number of pixels"),
    },
    required: [],
  },
  Identification: {
    keys: { JoinWorkgroup: form(/^[A-Z0-9-]{1,15}$/i, "1 to 15 letters, digits and dashes") },
    required: ["JoinWorkgroup"],
  },
  Networking: { keys: { InstallDefaultComponents: yesNo }, required: [] },
  NetAdapters: { keys: { Adapter1: sectionName }, required: ["Adapter1"] },
  NetClients: { keys: { MS_MSClient: sectionName }, required: [] },
  NetServices: { keys: { MS_SERVER: sectionName }, required: [] },
  NetProtocols: { keys: { MS_TCPIP: sectionName }, required: ["MS_TCPIP"] },
  "params.Adapter1": {
    keys: {
      InfID: form(/^(\*|.{1,200})$/, "* or a Plug and Play ID"),
      NetCardAddress: form(/^0x[0-9A-F]{12}$/i, "0x and twelve hexadecimal digits"),
    },
    required: [],
  },
  "params.MS_MSClient": { keys: {}, required: [] },
  "params.MS_SERVER": { keys: {}, required: [] },
  "params.MS_TCPIP": {
    keys: { AdapterSections: form(/^[\w.]+(,[\w.]+)*$/, "names of sections, separated by commas") },
    required: ["AdapterSections"],
  },
  "params.MS_TCPIP.Adapter1": {
    keys: {
      SpecificTo: form(/^\w+$/, "a name of [NetAdapters]"),
      DHCP: yesNo,
      IPAddress: address,
      SubnetMask: address,
      WINS: yesNo,
    },
    required: ["SpecificTo", "DHCP"],
  },
  WindowsFirewall: { keys: { Profiles: sectionName }, required: ["Profiles"] },
  "WindowsFirewall.TurnOff": { keys: { Mode: bit }, required: ["Mode"] },
  TerminalServices: { keys: { AllowConnections: bit }, required: ["AllowConnections"] },
  // Command0, Command1, …: check-winnt-sif.ts looks at their numbers.
  GuiRunOnce: { keys: {}, required: ["Command0"] },
};

/** What has to be there for an installation without questions; a server is asked how it is licensed besides. */
export const requiredSifSections: readonly string[] = [
  "Data",
  "Unattended",
  "GuiUnattended",
  "UserData",
  "Identification",
  "Networking",
  "GuiRunOnce",
];

/** Entries whose value decides whether Setup asks or whether the disk is prepared, and the one that does not. */
export const unattendedValues: Readonly<Record<string, string>> = {
  "Data/AutoPartition": "1",
  "Data/MsDosInitiated": "0",
  "Data/UnattendedInstall": "Yes",
  "Unattended/UnattendMode": "FullUnattended",
  "Unattended/OemSkipEula": "Yes",
  "Unattended/Repartition": "Yes",
  "GuiUnattended/AutoLogon": "Yes",
  "GuiUnattended/OEMSkipRegional": "1",
  "GuiUnattended/OemSkipWelcome": "1",
};

/** Entries that name other sections. */
export const sectionReferences: readonly string[] = [
  "NetAdapters/Adapter1",
  "NetClients/MS_MSClient",
  "NetServices/MS_SERVER",
  "NetProtocols/MS_TCPIP",
  "params.MS_TCPIP/AdapterSections",
  "WindowsFirewall/Profiles",
];
