import type { Issue } from "../errors.ts";
import { type AnswerTarget, isFor, type RuleTarget } from "./answer-target.ts";
import { findChildren, findSettings } from "./find-settings.ts";
import type { XmlElement } from "./xml-element.ts";

/** What has to be in the file so that neither Setup nor the first start asks anything, by the release. */
export function checkNoQuestions(document: XmlElement, target: AnswerTarget): Issue[] {
  const passes = findChildren(document, "settings").map((block) => block.attributes["pass"]);
  const issues: Issue[] = passes.includes("windowsPE")
    ? []
    : [{ path: "windowsPE", message: "the pass is missing, and Setup then ignores specialize as well" }];
  const rules = requirements.filter((requirement) => isFor(requirement, target));
  return [
    ...issues,
    ...rules.flatMap((requirement) => checkRequirement(document, requirement)),
    ...harmful.filter((rule) => isFor(rule, target)).flatMap((rule) => checkHarmful(document, rule)),
  ];
}

const setup = "Microsoft-Windows-Setup";
const shell = "Microsoft-Windows-Shell-Setup";
const locale = "Microsoft-Windows-International-Core-WinPE";

/** A setting that has to be there, for the releases named. */
export interface Requirement extends RuleTarget {
  readonly component: string;
  readonly path: string;
  /** What it has to be; any value will do where it is left out. */
  readonly value?: string;
  /** Other settings of the component that do as well. */
  readonly or?: readonly string[];
  readonly why: string;
}

/** Everything that has to be there; tests drop each of them. */
export const requirements: readonly Requirement[] = [
  { component: setup, path: "UserData/AcceptEula", value: "true", why: "Setup shows the licence" },
  { component: setup, path: "DiskConfiguration/Disk", why: "Setup asks where to install" },
  {
    component: setup,
    path: "ImageInstall/OSImage/InstallTo",
    or: ["ImageInstall/OSImage/InstallToAvailablePartition"],
    why: "Setup asks where to install",
  },
  {
    component: setup,
    path: "ImageInstall/OSImage/InstallFrom/MetaData",
    or: ["UserData/ProductKey/Key"],
    why: "neither the image nor a key says which edition to install, so Setup asks",
  },
  {
    component: setup,
    path: "ImageInstall/OSImage/InstallFrom/MetaData",
    product: "server",
    why: "a server's medium holds several images for one key, so Setup asks for one",
  },
  { component: locale, path: "SetupUILanguage/UILanguage", why: "Setup asks for its language" },
  ...["InputLocale", "SystemLocale", "UILanguage", "UserLocale"].map((path) => ({
    component: locale,
    path,
    why: "Setup asks for languages and keyboard",
  })),
  { component: shell, path: "OOBE/ProtectYourPC", why: "the first start asks about protection" },
  { component: shell, path: "OOBE/HideEULAPage", value: "true", why: "the first start shows the licence" },
  {
    component: shell,
    path: "OOBE/NetworkLocation",
    until: "7",
    why: "the first start asks which network it is in",
  },
  {
    component: shell,
    path: "OOBE/HideOnlineAccountScreens",
    value: "true",
    since: "8.1",
    product: "client",
    why: "the first start asks for a Microsoft account",
  },
  {
    component: shell,
    path: "OOBE/HideWirelessSetupInOOBE",
    value: "true",
    product: "client",
    why: "the first start may ask for a network",
  },
  {
    component: shell,
    path: "UserAccounts",
    why: "the first start asks for an account",
  },
  {
    component: shell,
    path: "UserAccounts/LocalAccounts/LocalAccount",
    product: "client",
    why: "the first start asks for an account",
  },
  {
    component: shell,
    path: "UserAccounts/AdministratorPassword",
    product: "server",
    why: "the first start asks for the password of Administrator",
  },
];

function checkRequirement(document: XmlElement, requirement: Requirement): Issue[] {
  const { component, path, value, or = [], why } = requirement;
  const found = findSettings(document, component, path);
  const others = or.flatMap((other) => findSettings(document, component, other));
  if (found.length + others.length === 0) {
    return [{ path: `${component}/${path}`, message: `missing; ${why}` }];
  }
  if (value === undefined || found.every((element) => element.text.toLowerCase() === value)) return [];
  return [
    { path: `${component}/${path}`, message: `has to be ${value}, got ${found[0]?.text ?? ""}; ${why}` },
  ];
}

interface Harmful extends RuleTarget {
  readonly component: string;
  readonly path: string;
  readonly value: string;
  readonly why: string;
}

const harmful: readonly Harmful[] = [
  ...["SkipMachineOOBE", "SkipUserOOBE"].map((name) => ({
    component: shell,
    path: `OOBE/${name}`,
    value: "true",
    until: "7" as const,
    why: "it makes the first start ignore ProtectYourPC and NetworkLocation",
  })),
  {
    component: "Microsoft-Windows-Deployment",
    path: "Reseal/ForceShutdownNow",
    value: "true",
    why: "in an installation from a medium the machine restarts again and again",
  },
];

function checkHarmful(document: XmlElement, { component, path, value, why }: Harmful): Issue[] {
  return findSettings(document, component, path)
    .filter(({ text }) => text.toLowerCase() === value)
    .map(({ text }) => ({
      path: `${component}/${path}`,
      message: `may not be ${value}, got ${text}; ${why}`,
    }));
}
