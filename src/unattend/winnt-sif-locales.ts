/**
 * The four hexadecimal digits of a locale as winnt.sif wants it; undefined for one that a fresh XP or Server 2003 cannot
 * show: East Asian languages and those written from right to left need language files that Setup does not install by
 * itself. Source: Microsoft's Windows Language Code Identifiers (MS-LCID), language groups 1 to 6.
 */
export function winntLocale(name: string): string | undefined {
  return locales.get(name)?.[0];
}

/** Locale and layout of a keyboard, such as `0407:00000407`, for a language's name or such a pair; undefined as above. */
export function winntKeyboard(keyboard: string): string | undefined {
  const known = locales.get(keyboard);
  if (known !== undefined) {
    const [locale, layout] = known;
    return `${locale}:${layout ?? `0000${locale}`}`;
  }
  const [locale = "", layout = ""] = keyboard.toUpperCase().split(":");
  const known4 = [...locales.values()].some(([each]) => each === locale);
  return known4 && /^[0-9A-F]{8}$/.test(layout) ? `${locale}:${layout}` : undefined;
}

/** Names of the locales that winnt.sif can have. */
export function winntLocaleNames(): string[] {
  return [...locales.keys()];
}

// The layout where it is not the locale's own number.
const locales: ReadonlyMap<string, readonly [locale: string, layout?: string]> = new Map([
  ["bg-BG", ["0402"]],
  ["cs-CZ", ["0405"]],
  ["da-DK", ["0406"]],
  ["de-AT", ["0C07", "00000407"]],
  ["de-CH", ["0807"]],
  ["de-DE", ["0407"]],
  ["el-GR", ["0408"]],
  ["en-AU", ["0C09", "00000409"]],
  ["en-CA", ["1009", "00000409"]],
  ["en-GB", ["0809"]],
  ["en-US", ["0409"]],
  ["es-ES", ["0C0A", "0000040A"]],
  ["es-MX", ["080A"]],
  ["et-EE", ["0425"]],
  ["fi-FI", ["040B"]],
  ["fr-BE", ["080C"]],
  ["fr-CA", ["0C0C", "00001009"]],
  ["fr-CH", ["100C"]],
  ["fr-FR", ["040C"]],
  ["hr-HR", ["041A"]],
  ["hu-HU", ["040E"]],
  ["it-IT", ["0410"]],
  ["lt-LT", ["0427"]],
  ["lv-LV", ["0426"]],
  ["nb-NO", ["0414"]],
  ["nl-BE", ["0813"]],
  ["nl-NL", ["0413", "00020409"]],
  ["pl-PL", ["0415"]],
  ["pt-BR", ["0416"]],
  ["pt-PT", ["0816"]],
  ["ro-RO", ["0418"]],
  ["ru-RU", ["0419"]],
  ["sk-SK", ["041B"]],
  ["sl-SI", ["0424"]],
  ["sr-Latn-RS", ["081A"]],
  ["sv-SE", ["041D"]],
  ["tr-TR", ["041F"]],
  ["uk-UA", ["0422"]],
]);
