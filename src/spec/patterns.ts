import { z } from "zod";

/** Text fields: what each may hold. Each says in words what is allowed, because a regular expression is no message. */

/** The message of a failed pattern; the value is added by issues.ts. */
export function allowed(words: string): string {
  return `has to be ${words}`;
}

function text(pattern: RegExp, words: string): z.ZodString {
  return z.string().regex(pattern, { error: allowed(words) });
}

/** Goes into store paths and host names. */
export const name = text(
  /^(?=.{1,50}$)[a-z]([a-z0-9-]*[a-z0-9])?$/,
  "1 to 50 lower-case letters, digits and dashes, with a letter first and no dash last",
);

/** A store path's name (nix: path names), without a leading dot. */
export const fileName = text(
  /^[A-Za-z0-9][A-Za-z0-9._+-]{0,199}$/,
  "a file name of letters, digits and . _ + - (a letter or digit first, 200 at most)",
);

/** By its ending a filter of what goes to caches knows Windows' media. */
export const isoName = text(
  /^[A-Za-z0-9][A-Za-z0-9._+-]{0,195}\.iso$/i,
  "a file name of letters, digits and . _ + - that ends in .iso (a letter or digit first, 200 at most)",
);

/** What curl and Nix fetch without a question; the hash says whether it is right, https that nobody listens to who asks. */
export const httpsUrl = text(
  /^https:\/\/[A-Za-z0-9.-]+(:\d{1,5})?\/[A-Za-z0-9._~:/?#[\]@!$&()*+,;=%-]{1,2000}$/,
  "an address of a file that begins with https://",
);

export const sha256 = text(
  /^([0-9a-f]{64}|[0-9a-df-np-sv-z]{52}|sha256-[A-Za-z0-9+/]{43}=)$/,
  "a SHA-256: 64 hexadecimal digits, 52 of Nix's base 32, or sha256- with base 64",
);

/** Names in a WIM are printable; 255 is far above every name seen. */
export const imageName = text(
  /^(?! )[\p{L}\p{M}\p{N}\p{P}\p{S} ]{1,255}(?<! )$/u,
  "printable text of 1 to 255 characters, without spaces at its ends",
);

export const productKey = text(
  /^[A-Z0-9]{5}(-[A-Z0-9]{5}){4}$/,
  "five groups of five capital letters and digits, joined by dashes",
);

/** NetBIOS allows more; DNS does not, and neither do some tools. */
export const computerName = text(
  /^(?!\d+$)(?!-)[A-Za-z0-9-]{1,15}(?<!-)$/,
  "1 to 15 letters, digits and dashes, not only digits, no dash at either end",
);

/** Owner and organization: shown by Windows, escaped by us, so any printable text will do; Setup takes 63 characters. */
export const displayName = text(
  /^(?! )[\p{L}\p{M}\p{N}\p{P}\p{S} ]{1,63}(?<! )$/u,
  "printable text of 1 to 63 characters, without spaces at its ends",
);

/** Windows allows more; these also pass Cygwin's passwd, Samba's map and every command line. */
export const userName = text(
  /^(?=.{1,20}$)[A-Za-z]([A-Za-z0-9._-]*[A-Za-z0-9_-])?$/,
  "1 to 20 letters, digits and . _ - with a letter first and no dot last",
);

/** What net use, cmd, bash, XML and Samba all carry without quoting: `*` would prompt, `/` would be an option. */
export const password = text(
  /^[A-Za-z0-9][A-Za-z0-9._+@~-]{0,63}$/,
  "1 to 64 letters, digits and . _ + @ ~ - with a letter or digit first",
);

/** Such as de-DE or sr-Latn-RS; which ones Windows knows is the catalogue's matter (rules). */
export const localeName = text(
  /^[a-z]{2,3}(-[A-Z][a-z]{3})?-([A-Z]{2}|\d{3})$/,
  "a locale such as de-DE or sr-Latn-RS",
);

/** Input locale: a locale, or language and layout in hexadecimal. */
export const keyboard = text(
  /^([a-z]{2,3}(-[A-Z][a-z]{3})?-([A-Z]{2}|\d{3})|[0-9a-fA-F]{4}:[0-9a-fA-F]{8})$/,
  "a locale such as de-DE, or language and layout such as 0407:00000407",
);

/** Windows' own groups and those that a domainless machine can have; `;` separates them in the answer file. */
export const groupName = text(
  /^(?! )[A-Za-z0-9 _-]{1,64}(?<! )$/,
  "1 to 64 letters, digits, spaces, _ and -, without spaces at its ends",
);

/** FAT32 takes 11 characters and NTFS 32; the narrower alphabet fits both. Nothing but blanks is no text to XML. */
export const volumeLabel = text(
  /^(?! )[A-Za-z0-9 _-]{0,32}(?<! )$/,
  "at most 32 letters, digits, spaces, _ and -, without spaces at its ends",
);

/** A and B are floppies, S and X the shares of a session. */
export const driveLetter = text(
  /^[C-RT-WYZ]$/,
  "one capital letter from C to Z, but not S or X, which are the shares",
);

/** One line of cmd; printable, so that XML, batch files and logs all hold it. */
export const command = text(
  /^(?! )[\p{L}\p{M}\p{N}\p{P}\p{S} ]{1,1000}(?<! )$/u,
  "one line of printable text, 1 to 1000 characters, without spaces at its ends",
);

/** A path on the medium that ISO 9660 with Joliet, Windows, Nix and the manifest all hold. */
export const mediumPath = text(
  /^(?=.{1,120}$)(?!.*(^|\/)(?:con|prn|aux|nul|com\d|lpt\d)(\.[^/]*)?(\/|$))[A-Za-z0-9_][A-Za-z0-9._+-]{0,63}(?<!\.)(\/[A-Za-z0-9_][A-Za-z0-9._+-]{0,63}(?<!\.))*$/i,
  "a relative path with forward slashes, of letters, digits and . _ + -, no part of it a device's name",
);

/** A file of the developer's machine; it is read and never emitted, so anything printable will do. */
export const sourcePath = text(
  /^[\p{L}\p{M}\p{N}\p{P}\p{S} ]{1,1000}$/u,
  "a path of 1 to 1000 printable characters",
);

/** What UTF-8 can hold: half a surrogate pair would become another character. */
export const fileText = text(
  /^[^\p{Surrogate}]{0,100000}$/u,
  "text of at most 100000 characters that UTF-8 can hold",
);

/** As Microsoft's reference writes them. */
export const componentName = text(
  /^[A-Za-z0-9][A-Za-z0-9_-]{0,199}$/,
  "a component's name, such as Microsoft-Windows-Shell-Setup",
);

/** Of one setting, as a key of a mapping. */
export const settingName = text(/^[A-Za-z0-9_-]{1,100}$/, "a setting's name of letters, digits, _ and -");

/** Names of settings, joined by slashes. */
export const settingPath = text(
  /^(?=.{1,500}$)[A-Za-z0-9_-]+(\/[A-Za-z0-9_-]+)*$/,
  "names of settings joined by /, such as OOBE/HideEULAPage",
);

/** Printable, so that XML and logs hold it. */
export const settingText = text(
  /^[\p{L}\p{M}\p{N}\p{P}\p{S} ]{0,10000}$/u,
  "one line of printable text of at most 10000 characters",
);

export const date = text(/^\d{4}-\d\d-\d\d$/, "a day as YYYY-MM-DD").refine(isDate, {
  error: allowed("a real day"),
});

export const dateTime = text(
  /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$/,
  "a time as YYYY-MM-DDTHH:MM:SS (UTC, in quotes)",
).refine(isDate, { error: allowed("a real time") });

export const cpuWord = text(
  /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/,
  "a model that `qemu-system-x86_64 -cpu help` lists",
);

/** A comma would start the next property of -cpu. */
export const cpuFlag = text(
  /^[+-]?[A-Za-z0-9][A-Za-z0-9._-]{0,63}(=[A-Za-z0-9._-]{1,32})?$/,
  "+FLAG, -FLAG, FLAG or FLAG=VALUE",
);

export const cygwinPackage = text(
  /^[A-Za-z0-9_][A-Za-z0-9_.+-]{0,99}$/,
  "a Cygwin package's name (letters, digits and _ . + -)",
);

/** As it stands between commas in Nix' list of remote builders. */
export const systemFeature = text(
  /^[A-Za-z0-9][A-Za-z0-9._+-]{0,63}$/,
  "a feature as in Nix' system-features: 1 to 64 letters, digits and . _ + -, a letter or digit first",
);

function isDate(value: string): boolean {
  const time = Date.parse(value.length === 10 ? `${value}T00:00:00Z` : `${value}Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(value);
}
