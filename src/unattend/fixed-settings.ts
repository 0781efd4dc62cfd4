import { type Applicability, applies } from "./applies.ts";
import type { AnswerSettings } from "./settings.ts";
import { type Component, group, type Pass, type Setting, value } from "./tree.ts";

/** The settings of a pass that are the same for everybody whom they concern, each as a component of its own. */
export function fixedComponents(pass: Pass, settings: AnswerSettings): Component[] {
  return fixedSettings
    .filter((fixed) => fixed.pass === pass && applies(fixed, settings))
    .map((fixed) => ({ pass, name: fixed.component, settings: [settingAt(fixed.path, fixed.value)] }));
}

/** One setting with one value, for which machines it is, and where it is known from. */
export interface FixedSetting extends Applicability {
  readonly pass: Pass;
  readonly component: string;
  /** Below the component, such as `OOBE/HideEULAPage`. */
  readonly path: string;
  readonly value: string | number | boolean;
  /** A page of Microsoft's reference, an answer file of others, or a row of docs/assumptions.md. */
  readonly source: string;
}

const shell = "Microsoft-Windows-Shell-Setup";
const firewall = "Networking-MPSSVC-Svc";

// What a release has never had is not given to it. Deprecated or ignored is not absent (A74, A75).
export const fixedSettings: readonly FixedSetting[] = [
  // Sessions are elevated with it, too (A19).
  {
    pass: "offlineServicing",
    component: "Microsoft-Windows-LUA-Settings",
    path: "EnableLUA",
    value: false,
    off: "uac",
    source: "MS lua-settings-enablelua",
  },
  {
    pass: "specialize",
    component: "Microsoft-Windows-ErrorReportingCore",
    path: "DisableWER",
    value: 1,
    off: "telemetry",
    source: "MS errorreportingcore-disablewer; dockur from 7 to Server 2025",
  },
  ...ieHardening(),
  {
    pass: "specialize",
    component: "Microsoft-Windows-OutOfBoxExperience",
    path: "DoNotOpenInitialConfigurationTasksAtLogon",
    value: true,
    until: "7",
    product: "server",
    source: "MS outofboxexperience (Initial Configuration Tasks ended with 2008 R2); bento 2008_r2",
  },
  {
    pass: "specialize",
    component: "Microsoft-Windows-SQMAPI",
    path: "CEIPEnabled",
    value: 0,
    off: "telemetry",
    source: "MS sqmapi-ceipenabled; dockur from 7 to Server 2025",
  },
  // Not for x86, where Microsoft says that the component should not be used.
  {
    pass: "specialize",
    component: "Microsoft-Windows-SecureStartup-FilterDriver",
    path: "PreventDeviceEncryption",
    value: true,
    since: "8.1",
    product: "client",
    architectures: ["amd64", "arm64"],
    source: "MS securestartup-filterdriver-preventdeviceencryption, changed settings of 8.1",
  },
  {
    pass: "specialize",
    component: "Microsoft-Windows-Security-SPP-UX",
    path: "SkipAutoActivation",
    value: true,
    source: "MS security-spp-ux-skipautoactivation; dockur from 7 to Server 2025",
  },
  {
    pass: "specialize",
    component: "Microsoft-Windows-ServerManager-SvrMgrNc",
    path: "DoNotOpenServerManagerAtLogon",
    value: true,
    product: "server",
    source: "MS servermanager-svrmgrnc; bento and dockur from 2008 R2 to 2025",
  },
  // Servers have no System Restore (A74).
  {
    pass: "specialize",
    component: "Microsoft-Windows-SystemRestore-Main",
    path: "DisableSR",
    value: 1,
    product: "client",
    source: "MS systemrestore-main-disablesr; dockur",
  },
  {
    pass: "specialize",
    component: "Microsoft-Windows-TerminalServices-LocalSessionManager",
    path: "fDenyTSConnections",
    value: false,
    on: "remoteDesktop",
    source: "MS terminalservices-localsessionmanager-fdenytsconnections",
  },
  // The machine's only peer is its controller, which has to reach port 22 before anybody can open it.
  ...["DomainProfile", "PrivateProfile", "PublicProfile"].map(
    (profile): FixedSetting => ({
      pass: "specialize",
      component: firewall,
      path: `${profile}_EnableFirewall`,
      value: false,
      off: "firewall",
      source: "MS networking-mpssvc-svc",
    }),
  ),
  ...defenderOff(),
  ...firstStart(),
];

// Pages of Internet Explorer would ask a server's administrator for every site.
function ieHardening(): FixedSetting[] {
  return ["IEHardenAdmin", "IEHardenUser"].map((path) => ({
    pass: "specialize",
    component: "Microsoft-Windows-IE-ESC",
    path,
    value: false,
    product: "server",
    source: "MS ie-esc; bento from 2008 R2 to 2025",
  }));
}

// Clients ignore it since 1903 (LTSC 2019 is older), servers do not; Server 2012 R2 has no Defender unless a feature brings it.
function defenderOff(): FixedSetting[] {
  const fixed = {
    pass: "specialize",
    component: "Security-Malware-Windows-Defender",
    path: "DisableAntiSpyware",
    value: true,
    off: "defender",
    source: "MS security-malware-windows-defender-disableantispyware",
  } as const;
  return [
    { ...fixed, since: "8.1", until: "10", product: "client" },
    { ...fixed, since: "10", product: "server" },
  ];
}

// What the first start would ask. SkipMachineOOBE and SkipUserOOBE are left out: they make it ignore the last two.
function firstStart(): FixedSetting[] {
  const fixed = (
    name: string,
    content: string | number | boolean,
    source: string,
    where: Applicability = {},
  ): FixedSetting => ({
    pass: "oobeSystem",
    component: shell,
    path: `OOBE/${name}`,
    value: content,
    source,
    ...where,
  });
  return [
    fixed("HideEULAPage", true, "MS oobe-hideeulapage"),
    fixed("HideLocalAccountScreen", true, "MS oobe-hidelocalaccountscreen: servers only", {
      since: "8.1",
      product: "server",
    }),
    fixed("HideOEMRegistrationScreen", true, "MS oobe-hideoemregistrationscreen; A68", { since: "8.1" }),
    fixed("HideOnlineAccountScreens", true, "MS oobe-hideonlineaccountscreens; A68", { since: "8.1" }),
    fixed("HideWirelessSetupInOOBE", true, "MS oobe-hidewirelesssetupinoobe; dockur and bento for 7"),
    // No default: without it 7 shows "Computer's Current Location". Deprecated in 10 and harmless there.
    fixed("NetworkLocation", "Work", "MS oobe-networklocation"),
    // No default: without it the page shows. 3 switches the express settings off.
    fixed("ProtectYourPC", 3, "MS oobe-protectyourpc"),
  ];
}

function settingAt(path: string, content: FixedSetting["value"]): Setting {
  const names = path.split("/");
  const leaf = value(names.at(-1) ?? path, content);
  return names.slice(0, -1).reduceRight<Setting>((inner, name) => group(name, inner), leaf);
}
