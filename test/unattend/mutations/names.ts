import { addAt, at, element } from "../mutable-document.ts";
import {
  account,
  add,
  machine,
  mark,
  moveTo,
  mutation,
  peCommand,
  rename,
  seven,
  shell,
  type Mutation,
} from "./mutation.ts";

/** Names, passes, attributes, namespaces. */
export const names: readonly Mutation[] = [
  mutation(
    "a component in a wrong pass",
    moveTo("oobeSystem", "specialize/Microsoft-Windows-TCPIP"),
    /^oobeSystem\/Microsoft-Windows-TCPIP: .*not valid in pass oobeSystem; allowed: windowsPE, specialize$/,
  ),
  mutation(
    "International-Core in windowsPE",
    moveTo("windowsPE", "oobeSystem/Microsoft-Windows-International-Core"),
    /^windowsPE\/Microsoft-Windows-International-Core: .*not valid in pass windowsPE/,
  ),
  mutation(
    "a setting in a wrong pass",
    moveTo(shell, `${machine}/ComputerName`),
    /^oobeSystem\/.*\/ComputerName: .*not valid in pass oobeSystem; allowed: offlineServicing, specialize$/,
  ),
  mutation(
    "an unknown component",
    mark("specialize/Microsoft-Windows-TCPIP", "name", "Microsoft-Windows-TCPIX"),
    /^specialize\/Microsoft-Windows-TCPIX: not a known component/,
  ),
  mutation(
    "an unknown setting",
    rename(`${shell}/OOBE/ProtectYourPC`, "ProtectYourPCs"),
    /OOBE\/ProtectYourPCs: not a known setting/,
  ),
  mutation(
    "a setting that another group has",
    add(`${shell}/OOBE`, element("LogonCount", "1")),
    /OOBE\/LogonCount: not a known setting/,
  ),
  mutation(
    "WillReboot in windowsPE",
    add(peCommand, element("WillReboot", "Always")),
    /^windowsPE\/.*RunSynchronousCommand\/WillReboot: not a known setting/,
  ),
  mutation(
    "a setting that is newer than the release",
    add(`${shell}/OOBE`, element("HideOnlineAccountScreens", "true")),
    /OOBE\/HideOnlineAccountScreens: new in Windows 8\.1 and Server 2012 R2, and the file is for Windows 7/,
    seven,
  ),
  mutation(
    "a component twice",
    (document) => addAt(document, "specialize", structuredClone(at(document, machine))),
    /^specialize\/Microsoft-Windows-Shell-Setup: the component stands twice/,
  ),
  mutation("a setting twice", add(machine, element("TimeZone", "UTC")), /TimeZone: stands 2 times/),
  mutation(
    "an unknown pass",
    mark("specialize", "pass", "specialise"),
    /^settings\[specialise\]: not a configuration pass/,
  ),
  mutation(
    "a pass that counts as done",
    mark("specialize", "wasPassProcessed", "true"),
    /^settings\[specialize\]: wasPassProcessed is true/,
  ),
  mutation(
    "another architecture",
    mark(machine, "processorArchitecture", "ia64"),
    /^specialize\/Microsoft-Windows-Shell-Setup: processorArchitecture has to be .*got "ia64"/,
  ),
  mutation(
    "no public key token",
    mark(machine, "publicKeyToken", undefined),
    /Shell-Setup: publicKeyToken has to be "31bf3856ad364e35", got nothing/,
  ),
  mutation(
    "another namespace",
    (document) => {
      document.attributes["xmlns"] = "urn:schemas-microsoft-com:unattended";
    },
    /^unattend: xmlns has to be/,
  ),
  mutation(
    "an undeclared prefix",
    (document) => {
      Reflect.deleteProperty(document.attributes, "xmlns:wcm");
    },
    /: the prefix wcm is not declared/,
  ),
  mutation(
    "an unknown attribute",
    mark(account, "wcm:actions", "add"),
    /LocalAccount: not an attribute of a setting, got wcm:actions/,
  ),
  mutation(
    "another root",
    (document) => {
      document.name = "unattended";
    },
    /^: the root has to be unattend/,
  ),
  mutation(
    "a setting beside passes",
    (document) => document.children.push(element("OOBE", "x")),
    /^unattend: only settings and servicing may stand in it, got OOBE/,
  ),
];
