import { findKeyboard, knownLayouts } from "../catalogue/keyboards.ts";
import { findLocale, knownLocales } from "../catalogue/locales.ts";
import { firstFamilyWith } from "../catalogue/new-time-zones.ts";
import { nearest } from "../text/nearest.ts";
import type { Fault } from "./issues.ts";
import type { Subject } from "./rule-subject.ts";
import { showValue } from "./show.ts";

// Language packs that came with Windows 8 and 10 (A87); what is sr-Latn-RS now was sr-Latn-CS in 7.
const notIn7: ReadonlySet<string> = new Set(["en-GB", "es-MX", "fr-CA", "sr-Latn-RS"]);

/** A medium comes in some languages only; those of XP and Server 2003 are in winnt-rules.ts. */
export function mediumHasLanguage({ spec, release }: Subject): Fault[] {
  const { language } = spec.windows;
  if (release.family !== "7" || !notIn7.has(language)) return [];
  return [
    {
      path: ["windows", "language"],
      message: `there is no medium of ${release.title} in it, got ${showValue(language)}`,
      hint: "Name the medium's own, such as en-US; windows.locale sets formats and keyboards.",
    },
  ];
}

/** Setup cannot set a time zone that the medium is too old for; those of XP and Server 2003 are in winnt-rules.ts. */
export function timeZoneIsOldEnough({ spec, release }: Subject): Fault[] {
  const { timeZone } = spec.windows;
  const since = firstFamilyWith(timeZone);
  const tooOld = release.family === "7" || (release.family === "8.1" && since === "10");
  if (since === undefined || !tooOld) return [];
  return [
    {
      path: ["windows", "timeZone"],
      message: `media of ${release.title} are older than this zone, got ${showValue(timeZone)}`,
      hint: "Take an older one of the same offset here, and tzutil /s after the updates.",
    },
  ];
}

/** Formats, languages and keyboards have to be some that Windows has; XP and Server 2003 have a list of their own (winnt-rules.ts). */
export function localesAreKnown({ spec, release }: Subject): Fault[] {
  if (release.family === "xp") return [];
  const { user, system, keyboards = [] } = spec.windows.locale;
  return [
    ...checkLocale("user", user),
    ...checkLocale("system", system),
    ...keyboards.flatMap((keyboard, index) => [
      ...checkKeyboard(keyboard, index),
      ...checkOnce(keyboards, keyboard, index),
    ]),
  ];
}

function checkLocale(field: string, name: string | undefined): Fault[] {
  if (name === undefined || findLocale(name) !== undefined) return [];
  return [unknown(["windows", "locale", field], "is not a locale that Windows has", name, knownLocales)];
}

function checkKeyboard(keyboard: string, index: number): Fault[] {
  if (findKeyboard(keyboard) !== undefined) return [];
  const path = ["windows", "locale", "keyboards", index];
  const layout = /:(.*)$/.exec(keyboard)?.[1]?.toLowerCase();
  if (layout === undefined) return checkKeyboardOfLocale(path, keyboard);
  const message = knownLayouts.includes(layout)
    ? "has a language that Windows does not have, before the colon"
    : "has a layout that Windows does not have, after the colon";
  return [unknown(path, message, keyboard, [])];
}

// A language by its name stands for its usual keyboard (Microsoft, InputLocale); one without an identifier has no such entry.
function checkKeyboardOfLocale(path: Fault["path"], name: string): Fault[] {
  const locale = findLocale(name);
  if (locale === undefined) return [unknown(path, "is not a locale that Windows has", name, knownLocales)];
  return locale.language === null
    ? [unknown(path, "is a locale without a keyboard of its own", name, [])]
    : [];
}

function checkOnce(keyboards: readonly string[], keyboard: string, index: number): Fault[] {
  const first = keyboards.findIndex((other) => other.toLowerCase() === keyboard.toLowerCase());
  if (first === index) return [];
  const message = `stands in the list twice, got ${showValue(keyboard)}`;
  return [{ path: ["windows", "locale", "keyboards", index], message }];
}

function unknown(path: Fault["path"], message: string, value: string, candidates: readonly string[]): Fault {
  const close = nearest(value, candidates);
  return {
    path,
    message: `${message}, got ${showValue(value)}`,
    hint:
      close === undefined
        ? "Such as en-US, de-DE or pt-BR; a keyboard also as language and layout, such as 0409:00000409."
        : `Did you mean ${close}?`,
  };
}
