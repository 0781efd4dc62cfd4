import { firstLogonCommand, setupCommands, specializeCommands } from "./commands.ts";
import { diskConfiguration } from "./disk.ts";
import { encodePassword } from "./password.ts";
import { printAnswerFile } from "./print.ts";
import type { AnswerSettings } from "./settings.ts";
import { type Component, group, item, keyed, type Setting, value } from "./tree.ts";

/**
 * Autounattend.xml for Windows 10 and 11 (amd64): Setup asks nothing, installs to the first disk, logs the account on
 * once and starts the bootstrap medium's first-logon script. Same settings, same bytes. Does not check the settings:
 * checkAnswerFile looks at the outcome.
 */
export function renderAnswerFile(settings: AnswerSettings): string {
  return printAnswerFile(settings.architecture, [
    ...duringSetup(settings),
    ...duringSpecialize(settings),
    ...duringOobe(settings),
  ]);
}

function duringSetup(settings: AnswerSettings): Component[] {
  const { uiLanguage } = settings.locale;
  return [
    {
      pass: "windowsPE",
      name: "Microsoft-Windows-International-Core-WinPE",
      settings: [group("SetupUILanguage", value("UILanguage", uiLanguage)), ...localeSettings(settings)],
    },
    {
      pass: "windowsPE",
      name: "Microsoft-Windows-Setup",
      settings: [
        group("Diagnostics", value("OptIn", false)),
        diskConfiguration(settings.disk),
        group("DynamicUpdate", value("Enable", false), value("WillShowUI", "OnError")),
        imageInstall(settings),
        ...runSynchronous(setupCommands(settings)),
        group(
          "UserData",
          value("AcceptEula", true),
          ...unlessEmpty("FullName", settings.fullName),
          ...unlessEmpty("Organization", settings.organization),
          productKey(settings.productKey),
        ),
      ],
    },
  ];
}

function imageInstall(settings: AnswerSettings): Setting {
  const { image } = settings;
  const metaData =
    image.kind === "index"
      ? [value("Key", "/IMAGE/INDEX"), value("Value", image.index)]
      : [value("Key", "/IMAGE/NAME"), value("Value", image.name)];
  return group(
    "ImageInstall",
    group(
      "OSImage",
      group("InstallFrom", item("MetaData", ...metaData)),
      group("InstallTo", value("DiskID", 0), value("PartitionID", settings.disk.installTo)),
      value("WillShowUI", "OnError"),
    ),
  );
}

// Evaluation media take no key; without WillShowUI Setup would ask for one. An empty <Key/> prompts on some media.
function productKey(key: string | null): Setting {
  return group("ProductKey", ...(key === null ? [] : [value("Key", key)]), value("WillShowUI", "OnError"));
}

function duringSpecialize(settings: AnswerSettings): Component[] {
  const specialize = (name: string, ...own: Setting[]): Component => ({
    pass: "specialize",
    name,
    settings: own,
  });
  return [
    specialize("Microsoft-Windows-Deployment", ...runSynchronous(specializeCommands(settings))),
    specialize("Microsoft-Windows-ErrorReportingCore", value("DisableWER", 1)),
    specialize("Microsoft-Windows-SQMAPI", value("CEIPEnabled", 0)),
    specialize("Microsoft-Windows-SecureStartup-FilterDriver", value("PreventDeviceEncryption", true)),
    specialize("Microsoft-Windows-Security-SPP-UX", value("SkipAutoActivation", true)),
    specialize(
      "Microsoft-Windows-Shell-Setup",
      value("ComputerName", settings.computerName),
      value("TimeZone", settings.timeZone),
    ),
    specialize("Microsoft-Windows-SystemRestore-Main", value("DisableSR", 1)),
    specialize("Microsoft-Windows-TCPIP", staticAddress(settings.network)),
    // The machine's only peer is its controller, which has to reach port 22 before anybody can open it.
    specialize(
      "Networking-MPSSVC-Svc",
      value("DomainProfile_EnableFirewall", false),
      value("PrivateProfile_EnableFirewall", false),
      value("PublicProfile_EnableFirewall", false),
    ),
  ];
}

// By MAC, because connection names are translated. quieten.cmd repeats it (A11). The order of these children is fixed.
function staticAddress(network: AnswerSettings["network"]): Setting {
  return group(
    "Interfaces",
    item(
      "Interface",
      group("Ipv4Settings", value("DhcpEnabled", false)),
      value("Identifier", network.mac.replaceAll(":", "-").toUpperCase()),
      group("UnicastIpAddresses", keyed("IpAddress", "1", `${network.address}/${network.prefixLength}`)),
    ),
  );
}

function duringOobe(settings: AnswerSettings): Component[] {
  const { user, password } = settings.account;
  const secret = group(
    "Password",
    value("Value", encodePassword(password, "Password")),
    value("PlainText", false),
  );
  return [
    { pass: "oobeSystem", name: "Microsoft-Windows-International-Core", settings: localeSettings(settings) },
    {
      pass: "oobeSystem",
      name: "Microsoft-Windows-Shell-Setup",
      settings: [
        group(
          "AutoLogon",
          value("Enabled", true),
          // Windows makes it two; first-logon.cmd ends the automatic logon (A12).
          value("LogonCount", 1),
          secret,
          value("Username", user),
        ),
        // Exactly one: since Windows 10 all of them are started at once.
        group(
          "FirstLogonCommands",
          item(
            "SynchronousCommand",
            value("CommandLine", firstLogonCommand),
            value("Description", "casement"),
            value("Order", 1),
          ),
        ),
        group(
          "OOBE",
          value("HideEULAPage", true),
          value("HideOEMRegistrationScreen", true),
          value("HideOnlineAccountScreens", true),
          value("HideWirelessSetupInOOBE", true),
          // Deprecated in Windows 10 and harmless there.
          value("NetworkLocation", "Work"),
          value("ProtectYourPC", 3),
        ),
        group(
          "UserAccounts",
          group(
            "LocalAccounts",
            // The English name of the group works on every language.
            item("LocalAccount", value("Group", "Administrators"), value("Name", user), secret),
          ),
        ),
      ],
    },
  ];
}

function localeSettings(settings: AnswerSettings): Setting[] {
  const { inputLocale, systemLocale, uiLanguage, userLocale } = settings.locale;
  return [
    value("InputLocale", inputLocale),
    value("SystemLocale", systemLocale),
    value("UILanguage", uiLanguage),
    value("UserLocale", userLocale),
  ];
}

function runSynchronous(commands: readonly string[]): Setting[] {
  if (commands.length === 0) return [];
  return [
    group(
      "RunSynchronous",
      ...commands.map((path, index) =>
        item("RunSynchronousCommand", value("Order", index + 1), value("Path", path)),
      ),
    ),
  ];
}

function unlessEmpty(name: string, text: string): Setting[] {
  return text === "" ? [] : [value(name, text)];
}
