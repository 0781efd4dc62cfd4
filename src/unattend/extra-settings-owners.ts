/** The field of the spec that a setting of the answer file comes from, for messages; undefined where no field does. */
export function findOwner(path: string): string | undefined {
  const wanted = path.toLowerCase();
  return owners.find(([owned]) => isBelow(wanted, owned.toLowerCase()))?.[1];
}

/** Whether a list is complete as casement writes it, so that no item can be added. */
export function isWhole(path: string): boolean {
  return wholeLists.some((list) => list.toLowerCase() === path.toLowerCase());
}

function isBelow(path: string, folder: string): boolean {
  return path === folder || path.startsWith(`${folder}/`);
}

const setup = "Microsoft-Windows-Setup";
const shell = "Microsoft-Windows-Shell-Setup";
const locale = "Microsoft-Windows-International-Core";

// Setup takes one image; since Windows 10 all first-logon commands are started at once.
const wholeLists = [
  `${setup}/ImageInstall/OSImage/InstallFrom/MetaData`,
  `${shell}/FirstLogonCommands/SynchronousCommand`,
];

/** Settings, with all below them, and the field of the spec that says them. */
export const owners: readonly (readonly [path: string, field: string])[] = [
  [`${setup}/DiskConfiguration`, "windows.disk"],
  [`${setup}/ImageInstall/OSImage/InstallFrom`, "windows.image"],
  [`${setup}/ImageInstall/OSImage/InstallTo`, "windows.disk"],
  [`${setup}/RunSynchronous`, "windows.commands.windowsPE"],
  [`${setup}/UserData/FullName`, "windows.fullName"],
  [`${setup}/UserData/Organization`, "windows.organization"],
  [`${setup}/UserData/ProductKey`, "windows.productKey"],
  ["Microsoft-Windows-Deployment/RunSynchronous", "windows.commands.specialize"],
  ["Microsoft-Windows-PnpCustomizationsWinPE/DriverPaths", "windows.drivers"],
  ...[locale, `${locale}-WinPE`].flatMap((component): (readonly [string, string])[] => [
    [`${component}/InputLocale`, "windows.locale.keyboards"],
    [`${component}/SystemLocale`, "windows.locale.system"],
    [`${component}/UILanguage`, "windows.language"],
    [`${component}/UserLocale`, "windows.locale.user"],
  ]),
  [`${locale}-WinPE/SetupUILanguage`, "windows.language"],
  [`${shell}/AutoLogon`, "account"],
  [`${shell}/ComputerName`, "windows.computerName"],
  [`${shell}/FirstLogonCommands`, "windows.commands.firstLogon"],
  [`${shell}/ProductKey`, "windows.productKey"],
  [`${shell}/RegisteredOrganization`, "windows.organization"],
  [`${shell}/RegisteredOwner`, "windows.fullName"],
  [`${shell}/TimeZone`, "windows.timeZone"],
  [`${shell}/UserAccounts/AdministratorPassword`, "windows.administrator"],
  [`${shell}/UserAccounts/LocalAccounts`, "windows.accounts"],
  ["Microsoft-Windows-ErrorReportingCore/DisableWER", "windows.behaviour.telemetry"],
  ["Microsoft-Windows-LUA-Settings/EnableLUA", "windows.behaviour.uac"],
  ["Microsoft-Windows-SQMAPI/CEIPEnabled", "windows.behaviour.telemetry"],
  [
    "Microsoft-Windows-TerminalServices-LocalSessionManager/fDenyTSConnections",
    "windows.behaviour.remoteDesktop",
  ],
  ["Networking-MPSSVC-Svc/DomainProfile_EnableFirewall", "windows.behaviour.firewall"],
  ["Networking-MPSSVC-Svc/PrivateProfile_EnableFirewall", "windows.behaviour.firewall"],
  ["Networking-MPSSVC-Svc/PublicProfile_EnableFirewall", "windows.behaviour.firewall"],
];
