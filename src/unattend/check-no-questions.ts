import type { Issue } from "../errors.ts";
import { findSettings } from "./find-settings.ts";
import type { XmlElement } from "./xml-element.ts";

/** What has to be in the file so that neither Setup nor the first start asks anything (Windows 10 and 11). */
export function checkNoQuestions(document: XmlElement): Issue[] {
  const issues: Issue[] = [];
  const passes = document.children
    .filter((child) => child.name === "settings")
    .map((child) => child.attributes["pass"]);
  if (!passes.includes("windowsPE")) {
    issues.push({
      path: "windowsPE",
      message: "the pass is missing, and Setup then ignores specialize as well",
    });
  }
  for (const { component, path, value, why } of required) {
    const found = findSettings(document, component, path);
    if (found.length === 0) {
      issues.push({ path: `${component}/${path}`, message: `missing; ${why}` });
    } else if (value !== undefined && found.some((element) => element.text.toLowerCase() !== value)) {
      issues.push({
        path: `${component}/${path}`,
        message: `has to be ${value}, got ${found[0]?.text ?? ""}; ${why}`,
      });
    }
  }
  return [...issues, ...checkFirstLogon(document), ...checkAutoLogon(document)];
}

const setup = "Microsoft-Windows-Setup";
const shell = "Microsoft-Windows-Shell-Setup";

const required: readonly {
  readonly component: string;
  readonly path: string;
  readonly value?: string;
  readonly why: string;
}[] = [
  { component: setup, path: "UserData/AcceptEula", value: "true", why: "Setup shows the licence" },
  { component: setup, path: "DiskConfiguration/Disk", why: "Setup asks where to install" },
  { component: setup, path: "ImageInstall/OSImage/InstallTo", why: "Setup asks where to install" },
  {
    component: "Microsoft-Windows-International-Core-WinPE",
    path: "SetupUILanguage/UILanguage",
    why: "Setup asks for its language",
  },
  {
    component: "Microsoft-Windows-International-Core-WinPE",
    path: "UILanguage",
    why: "Setup asks for a language",
  },
  { component: shell, path: "OOBE/ProtectYourPC", why: "the first start asks about protection" },
  { component: shell, path: "OOBE/HideEULAPage", value: "true", why: "the first start shows the licence" },
  { component: shell, path: "UserAccounts", why: "the first start asks for an account" },
];

// All of them are started at once since Windows 10, so that a second one would run beside the first.
function checkFirstLogon(document: XmlElement): Issue[] {
  const count = findSettings(document, shell, "FirstLogonCommands/SynchronousCommand").length;
  if (count <= 1) return [];
  return [
    {
      path: `${shell}/FirstLogonCommands`,
      message: `one command at most, since Windows 10 starts all of them at once, got ${count}`,
    },
  ];
}

function checkAutoLogon(document: XmlElement): Issue[] {
  const user = findSettings(document, shell, "AutoLogon/Username")[0]?.text;
  if (user === undefined || user.toLowerCase() === "administrator") return [];
  const accounts = findSettings(document, shell, "UserAccounts/LocalAccounts/LocalAccount/Name").map(
    (element) => element.text,
  );
  if (accounts.some((account) => account.toLowerCase() === user.toLowerCase())) return [];
  return [
    {
      path: `${shell}/AutoLogon/Username`,
      message: `not one of the accounts, got ${JSON.stringify(user)}; accounts: ${accounts.join(", ")}`,
    },
  ];
}
