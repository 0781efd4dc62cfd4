import { winntKeyboard, winntLocale, winntLocaleNames } from "../unattend/winnt-sif-locales.ts";
import { winntTimeZone } from "../unattend/winnt-sif-time-zones.ts";
import type { Fault } from "./issues.ts";
import type { Subject } from "./rule-subject.ts";
import { showValue } from "./show.ts";

/** What winnt.sif, the answer file of XP and Server 2003, cannot say. None of these rules concerns a later release. */
export const winntRules: readonly ((subject: Subject) => Fault[])[] = [
  keyIsGiven,
  fieldsAreOnesOfWinntSif,
  languageIsEnglish,
  localesAreKnown,
  timeZoneIsKnown,
  namesAreAscii,
  ownerIsNoAccount,
].map((rule) => (subject: Subject) => (subject.release.family === "xp" ? rule(subject) : []));

function keyIsGiven({ spec, release, edition }: Subject): Fault[] {
  if (spec.windows.productKey !== undefined || edition === undefined || edition.productKey !== null)
    return [];
  return [
    {
      path: ["windows", "productKey"],
      message: `is required and missing: the Setup of ${release.title} asks for a key, and no public one is known`,
      hint: "Give the key of your medium.",
    },
  ];
}

// Each with a value that is not what a spec without it has.
function fieldsAreOnesOfWinntSif({ spec, release }: Subject): Fault[] {
  const { image, disk, commands, extraSettings } = spec.windows;
  const none = (path: Fault["path"], what: string, hint: string): Fault => ({
    path: ["windows", ...path],
    message: `${what} the Setup of ${release.title}`,
    hint,
  });
  const moved = "Remove it; windows.commands.firstLogon runs at the first logon.";
  return [
    ...(image === undefined
      ? []
      : [none(["image"], "there is no install.wim for", "Remove it: the medium holds one edition.")]),
    ...(disk === undefined
      ? []
      : [none(["disk"], "no layout can be given to", "Remove it: Windows takes the whole first disk.")]),
    ...(["windowsPE", "specialize"] as const)
      .filter((pass) => commands[pass].length > 0)
      .map((pass) => none(["commands", pass], "this pass does not exist in", moved)),
    ...(extraSettings.length === 0
      ? []
      : [
          none(
            ["extraSettings"],
            "settings of Autounattend.xml mean nothing to",
            "Remove them: winnt.sif is another kind of file.",
          ),
        ]),
  ];
}

// Other media have other names for Administrators, and for every account that the scripts and winnt.sif name.
function languageIsEnglish({ spec, release }: Subject): Fault[] {
  const { language } = spec.windows;
  if (language === "en-US") return [];
  return [
    {
      path: ["windows", "language"],
      message: `built-in accounts of ${release.title} have translated names, got ${showValue(language)}; allowed: en-US`,
      hint: "Use an English medium; windows.locale sets formats and keyboards.",
    },
  ];
}

function localesAreKnown({ spec, release }: Subject): Fault[] {
  const { locale } = spec.windows;
  const given = [
    { path: ["user"], value: locale.user, isKnown: winntLocale },
    { path: ["system"], value: locale.system, isKnown: winntLocale },
    ...(locale.keyboards ?? []).map((value, index) => ({
      path: ["keyboards", index],
      value,
      isKnown: winntKeyboard,
    })),
  ];
  return given
    .filter(({ value, isKnown }) => value !== undefined && isKnown(value) === undefined)
    .map(({ path, value }) => ({
      path: ["windows", "locale", ...path],
      message: `${release.title} does not have it without further language files, got ${showValue(value)}; allowed: ${winntLocaleNames().join(", ")}`,
    }));
}

function timeZoneIsKnown({ spec, release }: Subject): Fault[] {
  const { timeZone } = spec.windows;
  if (winntTimeZone(timeZone) !== undefined) return [];
  return [
    {
      path: ["windows", "timeZone"],
      message: `${release.title} is older than this zone, got ${showValue(timeZone)}`,
      hint: "Take a zone of the same offset that it has, such as UTC, or W. Europe Standard Time.",
    },
  ];
}

// winnt.sif and net user are read in a code page; quotes and percent signs have no spelling that all their readers share.
function namesAreAscii({ spec, release }: Subject): Fault[] {
  const { fullName, organization, accounts } = spec.windows;
  const given = [
    { path: ["fullName"], value: fullName },
    { path: ["organization"], value: organization },
    ...accounts.flatMap(({ displayName, description }, index) => [
      { path: ["accounts", index, "displayName"], value: displayName ?? "" },
      { path: ["accounts", index, "description"], value: description },
    ]),
  ];
  return given
    .filter(({ value }) => /[^\u0020-\u007E]|["%!\\]/u.test(value))
    .map(({ path, value }) => ({
      path: ["windows", ...path],
      message: `has to be ASCII without " % ! and \\ for ${release.title}, got ${showValue(value)}`,
    }));
}

function ownerIsNoAccount({ spec, release }: Subject): Fault[] {
  const { fullName } = spec.windows;
  if (!/^(administrator|guest)$/i.test(fullName)) return [];
  return [
    {
      path: ["windows", "fullName"],
      message: `the Setup of ${release.title} refuses an owner named like a built-in account, got ${showValue(fullName)}`,
    },
  ];
}
