import { languages } from "../catalogue/languages.ts";
import type { AnswerReader } from "./answer-reader.ts";
import { locale, localeOfSetup, shell } from "./components.ts";
import type { WindowsPart } from "./windows-input.ts";

/** Language, formats, keyboards and time zone; what equals casement's default stays out. */
export function importLocale(reader: AnswerReader): WindowsPart {
  const both = (path: string): string | undefined => {
    const during = reader.take(localeOfSetup, path);
    return reader.take(locale, path) ?? during;
  };
  const ofSetup = reader.take(localeOfSetup, "SetupUILanguage/UILanguage");
  const wanted = ofSetup ?? both("UILanguage") ?? "en-US";
  both("UILanguage");
  const language = languages.find((known) => known.toLowerCase() === wanted.toLowerCase());
  if (language === undefined) {
    reader.leave("UILanguage", `${wanted} is not a language that media come in; en-US is taken`);
  }
  const medium = language ?? "en-US";
  const unlessMedium = (text: string | undefined): string | undefined =>
    text === undefined || text.toLowerCase() === medium.toLowerCase() ? undefined : text;
  const user = unlessMedium(both("UserLocale"));
  const system = unlessMedium(both("SystemLocale"));
  const keyboards = unlessMedium(both("InputLocale"))?.split(";");
  const timeZone = reader.take(shell, "TimeZone");
  const parts = {
    ...(user === undefined ? {} : { user }),
    ...(system === undefined ? {} : { system }),
    ...(keyboards === undefined ? {} : { keyboards: keyboards.map((each) => each.trim()) }),
  };
  return {
    ...(medium === "en-US" ? {} : { language: medium }),
    ...(Object.keys(parts).length === 0 ? {} : { locale: parts }),
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- checkSpec looks at it, and names what it refuses
    ...(timeZone === undefined || timeZone === "UTC" ? {} : { timeZone: timeZone as "UTC" }),
  };
}
