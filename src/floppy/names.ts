/** Units of UTF-16 that one long name can hold on FAT. */
const MAX_COMPONENT_UNITS = 255;
/** Windows opens paths of 260 units (MAX_PATH), of which `A:\` takes three and the end mark one. */
const MAX_PATH_UNITS = 256;

const FORBIDDEN = '<>:"\\|?*';
// The names that Win32 gives to devices, with or without an extension. The superscript digits count as digits there;
// COM0, LPT0, CLOCK$ and the console's names are refused by some releases only.
const DEVICE = /^(?:CON|PRN|AUX|NUL|CLOCK\$|CONIN\$|CONOUT\$|(?:COM|LPT)[0-9¹²³])$/i;

/**
 * Every reason why `path` ("dir/sub/Name.ext") cannot stand on a floppy that Windows reads, one line each; empty when
 * it can.
 */
export function checkPath(path: string): string[] {
  const where = `file ${quote(path)}`;
  if (path === "") return [`${where}: the path is empty; give "Name.ext" or "dir/Name.ext"`];
  const issues = path.split("/").flatMap((component) => checkComponent(component, where));
  if (path.length > MAX_PATH_UNITS) {
    issues.push(
      `${where}: the path is too long, got ${path.length} UTF-16 units; at most ${MAX_PATH_UNITS}, since Windows ` +
        `opens 260 with "A:\\" and the end mark; shorten the names or use fewer folders`,
    );
  }
  return [...new Set(issues)];
}

/**
 * The form under which two names are the same to a reader that ignores case. It joins more than any one system does
 * (Windows, Linux and mtools each have a table of their own), so that no two names are one file anywhere.
 */
export function foldCase(name: string): string {
  return Array.from(name, foldCharacter).join("");
}

/** `text` in double quotes as a message shows it: control characters as escapes, at most 80 characters. */
export function quote(text: string): string {
  const shown = text.length > 80 ? `${text.slice(0, 77)}...` : text;
  const escaped = JSON.stringify(shown).replaceAll("\\\\", "\\");
  return escaped.replace(/[\u007f-\u009f\uffff]/g, codePoint);
}

function checkComponent(component: string, where: string): string[] {
  if (component === "") {
    return [`${where}: a part between slashes is empty; write "dir/Name.ext" without a slash at either end`];
  }
  if (component === "." || component === "..") {
    return [`${where}: "${component}" is not a name; write the path from the floppy's root`];
  }
  const issues: string[] = [];
  const name = quote(component);
  const wrong = forbiddenCharacters(component);
  if (wrong.length > 0) {
    const hint = component.includes("\\") ? "; separate folders by forward slashes" : "";
    issues.push(
      `${where}: characters that FAT does not allow in a name, got ${wrong.join(" ")} in ${name}; ` +
        `not allowed are ${FORBIDDEN.split("").join(" ")} and control characters${hint}`,
    );
  }
  if (!component.isWellFormed()) {
    issues.push(`${where}: half a surrogate pair, got ${name}; names are well-formed UTF-16`);
  }
  if (/[. ]$/.test(component)) {
    issues.push(
      `${where}: a name ends in a dot or space, got ${name}; Windows drops it and finds another file`,
    );
  }
  if (isDeviceName(component)) {
    issues.push(
      `${where}: the name of a device, got ${name}; Windows keeps CON, PRN, AUX, NUL, COM0-9, LPT0-9, CLOCK$, ` +
        `CONIN$ and CONOUT$ for devices, with any extension; choose another name`,
    );
  }
  if (component.length > MAX_COMPONENT_UNITS) {
    issues.push(
      `${where}: a name is too long, got ${component.length} UTF-16 units in ${name}; ` +
        `at most ${MAX_COMPONENT_UNITS}`,
    );
  }
  return issues;
}

function forbiddenCharacters(component: string): string[] {
  const wrong = Array.from(component).filter(
    (character) => FORBIDDEN.includes(character) || isControl(character),
  );
  return [...new Set(wrong)].map((character) => (isControl(character) ? codePoint(character) : character));
}

// U+FFFF is no control character, but it pads the last piece of a long name.
function isControl(character: string): boolean {
  const code = character.codePointAt(0) ?? 0;
  return code < 0x20 || (code >= 0x7f && code <= 0x9f) || code === 0xffff;
}

// "NUL.tar.gz" and "nul .txt" are the null device as well: the name up to its first dot counts, without spaces.
function isDeviceName(component: string): boolean {
  return DEVICE.test((component.split(".")[0] ?? "").trimEnd());
}

// Up, down and up again, since U+212A (Kelvin) is a capital whose small letter is "k".
function foldCharacter(character: string): string {
  const upper = oneToOne(character, character.toUpperCase());
  const lower = oneToOne(upper, upper.toLowerCase());
  return oneToOne(lower, lower.toUpperCase());
}

// FAT's tables map one character to one: "ß" is no "SS" there.
function oneToOne(character: string, mapped: string): string {
  return Array.from(mapped).length === 1 ? mapped : character;
}

function codePoint(character: string): string {
  return `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}`;
}
