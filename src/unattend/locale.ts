import type { AnswerSettings } from "./settings.ts";
import { type Setting, value } from "./tree.ts";

/** Languages, formats and keyboards as International-Core and International-Core-WinPE want them. */
export function localeSettings({ locale }: AnswerSettings): Setting[] {
  return [
    // Several of them by semicolons; the first is the default (Microsoft, InputLocale).
    value("InputLocale", locale.inputLocale),
    value("SystemLocale", locale.systemLocale),
    value("UILanguage", locale.uiLanguage),
    value("UserLocale", locale.userLocale),
  ];
}
