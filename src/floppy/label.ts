import { quote } from "./names.ts";

const MAX_LABEL_CHARACTERS = 11;
const ALLOWED = /[A-Z0-9 !#$%'\-@_`{}~]/;

/** Every reason why `label` cannot be a floppy's label, one line each; empty when it can. */
export function checkLabel(label: string): string[] {
  const where = "floppy label";
  const got = quote(label);
  const issues: string[] = [];
  if (label === "" || label.length > MAX_LABEL_CHARACTERS) {
    issues.push(
      `${where}: wrong length, got ${label.length} characters in ${got}; 1 to ${MAX_LABEL_CHARACTERS} are allowed`,
    );
  }
  const wrong = Array.from(label).filter((character) => !ALLOWED.test(upperCase(character)));
  if (wrong.length > 0) {
    issues.push(
      `${where}: characters that a label cannot hold, got ${[...new Set(wrong)].map(quote).join(" ")} in ${got}; ` +
        "allowed are A-Z, 0-9, space and ! # $ % ' - @ _ ` { } ~",
    );
  }
  if (/^ | $/.test(label))
    issues.push(`${where}: a space at an end, got ${got}; Windows would show another label`);
  if (upperCase(label) === "NO NAME") {
    issues.push(`${where}: got ${got}, which is how FAT writes that there is no label; choose another one`);
  }
  return issues;
}

/** The eleven bytes of a checked label: in upper case, as Windows' own format writes it, filled with spaces. */
export function labelBytes(label: string): Uint8Array {
  return Uint8Array.from(Buffer.from(upperCase(label).padEnd(MAX_LABEL_CHARACTERS), "latin1"));
}

function upperCase(text: string): string {
  return text.replace(/[a-z]/g, (letter) => letter.toUpperCase());
}
