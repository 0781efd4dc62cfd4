import { timeZones } from "../catalogue/time-zones.ts";

/** What a value has to look like although the reference has no word for it; undefined where it does. */
export function faultOfForm(text: string, path: string): string | undefined {
  return forms.find((form) => form.path.test(path) && !form.fits(text))?.words;
}

interface Form {
  readonly path: RegExp;
  readonly fits: (text: string) => boolean;
  readonly words: string;
}

const locale = /^[a-z]{2,3}(-[a-z]{4})?(-([a-z]{2}|\d{3}))?(-[a-z]+|_[a-z]+)?$/i;
const keyboard = /^[0-9a-f]{4}:([0-9a-f]{8}|\{[0-9a-f-]{36}\}(\{[0-9a-f-]{36}\})?)$/i;
const zones = new Set(timeZones.map((zone) => zone.toLowerCase()));
const address = /^(\d{1,3}(\.\d{1,3}){3}\/\d{1,2}|[0-9a-f:]*:[0-9a-f:]*\/\d{1,3})$/i;

const forms: readonly Form[] = [
  {
    path: /Microsoft-Windows-Shell-Setup\/ComputerName$/i,
    fits: (text) => text === "*" || !/[\s{|}~[\]^':;<=>?@!"#$%`()+/.,*&\\]/.test(text),
    words: "no white space nor punctuation but - and _",
  },
  {
    path: /Microsoft-Windows-Shell-Setup\/ComputerName$/i,
    fits: (text) => !/^\d+$/.test(text),
    words: "not only digits",
  },
  {
    path: /LocalAccounts\/LocalAccount\/Name$/i,
    fits: (text) => text.length <= 20,
    words: "at most 20 characters",
  },
  {
    path: /LocalAccounts\/LocalAccount\/Name$/i,
    fits: (text) => !/[/\\[\]:;|=,+*?<>"%@]|\.$/.test(text) && text.toUpperCase() !== "NONE",
    words: "not a name of an account",
  },
  {
    path: /Microsoft-Windows-Shell-Setup\/TimeZone$/i,
    fits: (text) => zones.has(text.toLowerCase()),
    words: "not a time zone that `tzutil /l` lists, in English",
  },
  {
    path: /International-Core(-WinPE)?\/InputLocale$/i,
    fits: (text) => text.split(";").every((part) => keyboard.test(part) || locale.test(part)),
    words: "has to be languages or such as 0409:00000409, joined by ;",
  },
  {
    path: /International-Core(-WinPE)?\/(SetupUILanguage\/)?(SystemLocale|UserLocale|UILanguage)$/i,
    fits: (text) => locale.test(text),
    words: "has to be a language such as en-US",
  },
  {
    path: /\/ProductKey(\/Key)?$/i,
    fits: (text) => /^[a-z0-9]{5}(-[a-z0-9]{5}){4}$/i.test(text),
    words: "has to be five groups of five letters and digits",
  },
  {
    path: /\/WillShowUI$/i,
    fits: (text) => text.toLowerCase() !== "always",
    words: "Setup would show the page",
  },
  {
    path: /\/InstallFrom\/MetaData\/Key$/i,
    fits: (text) => /^\/IMAGE\/(INDEX|NAME|DESCRIPTION|EDITIONID)$/i.test(text.trim()),
    words: "has to be /IMAGE/INDEX, /IMAGE/NAME or /IMAGE/DESCRIPTION",
  },
  {
    path: /-TCPIP\/Interfaces\/Interface\/UnicastIpAddresses\/IpAddress$/i,
    fits: (text) => address.test(text),
    words: "has to be an address with its prefix, such as 192.168.0.1/24",
  },
  {
    path: /\/ModifyPartition\/Letter$/i,
    fits: (text) => /^[c-z]$/i.test(text),
    words: "has to be a letter from C to Z",
  },
  {
    path: /\/ModifyPartition\/Letter$/i,
    fits: (text) => !/^[sx]$/i.test(text),
    words: "X: is WinPE's own drive, and S: and X: are the shares of every session",
  },
  {
    path: /\/ModifyPartition\/TypeID$/i,
    fits: (text) => /^(0x[0-9a-f]{2}|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})$/i.test(text),
    words: "has to be such as 0x27 (MBR) or a GUID without braces (GPT)",
  },
];
