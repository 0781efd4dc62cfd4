import { foldCase } from "./names.ts";

/** A name of the 8.3 form as it stands in an entry: base and extension apart, in upper case, without spaces. */
export type ShortName = { readonly base: string; readonly extension: string };

const SHORT_CHARACTER = /[A-Z0-9!#$%&'()\-@^_`{}~]/;
const EXACT = /^([A-Z0-9!#$%&'()\-@^_`{}~]{1,8})(?:\.([A-Z0-9!#$%&'()\-@^_`{}~]{1,3}))?$/;

/**
 * A short name for each of one folder's long names, in the same order and all different. "winnt.sif" becomes
 * WINNT.SIF, since XP's text mode finds files by their short name; what does not fit gets ~1, ~2, … in the order given,
 * after every name that fits has got its own. The long names differ by more than case.
 */
export function assignShortNames(longNames: readonly string[]): ShortName[] {
  const exact = longNames.map((name) => exactShortName(upperCaseAscii(name)));
  const taken = new Set(longNames.map(foldCase)); // no short name may be another file's long name
  const lastTails = new Map<string, number>();
  return longNames.map((name, index) => exact[index] ?? tailedShortName(name, taken, lastTails));
}

/** Whether `longName` is its own short name, so that it needs no entries for a long one. */
export function isShortName(longName: string): boolean {
  return exactShortName(longName) !== undefined;
}

/** "NAME.EXT", or "NAME" without an extension. */
export function joinShortName(name: ShortName): string {
  return name.extension === "" ? name.base : `${name.base}.${name.extension}`;
}

/** The eleven bytes of an entry: eight of the base and three of the extension, filled with spaces. */
export function shortNameBytes(name: ShortName): Uint8Array {
  return Uint8Array.from(Buffer.from(name.base.padEnd(8) + name.extension.padEnd(3), "latin1"));
}

function exactShortName(name: string): ShortName | undefined {
  const match = EXACT.exec(name);
  return match?.[1] === undefined ? undefined : { base: match[1], extension: match[2] ?? "" };
}

// The rule of Microsoft's FAT specification ("The Basis-Name Generation Algorithm"), without code pages: what is not
// ASCII becomes an underscore, because a code page would differ from machine to machine.
function tailedShortName(name: string, taken: Set<string>, lastTails: Map<string, number>): ShortName {
  const bare = upperCaseAscii(name).replaceAll(" ", "").replace(/^\.+/, "");
  const lastDot = bare.lastIndexOf(".");
  const base = shortCharacters(lastDot < 0 ? bare : bare.slice(0, lastDot));
  const extension = lastDot < 0 ? "" : shortCharacters(bare.slice(lastDot + 1)).slice(0, 3);
  const basis = `${base.slice(0, 8)}.${extension}`;
  for (let tail = (lastTails.get(basis) ?? 0) + 1; ; tail++) {
    const suffix = `~${tail}`;
    const candidate = { base: base.slice(0, 8 - suffix.length) + suffix, extension };
    const joined = joinShortName(candidate);
    if (taken.has(joined)) continue;
    taken.add(joined);
    lastTails.set(basis, tail);
    return candidate;
  }
}

function shortCharacters(text: string): string {
  return Array.from(text.replaceAll(".", ""), (character) =>
    SHORT_CHARACTER.test(character) ? character : "_",
  ).join("");
}

// String.prototype.toUpperCase would turn "ß" into "SS" and "ſ" into "S".
function upperCaseAscii(text: string): string {
  return text.replace(/[a-z]/g, (letter) => letter.toUpperCase());
}
