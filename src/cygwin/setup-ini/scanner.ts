import { SetupIniError } from "./setup-ini-error.ts";

/**
 * Reads the words of setup.ini from left to right, each character once. The kinds of words are those of cygwin-setup's
 * inilex.ll: bare words, quoted strings without escapes that may go over lines, single signs, line ends.
 */
export class Scanner {
  readonly #text: string;
  #at: number;

  constructor(text: string) {
    this.#text = text;
    // A byte order mark is no part of the list.
    this.#at = text.startsWith("\uFEFF") ? 1 : 0;
  }

  /** Offset of the next character, for `fail`. */
  get at(): number {
    return this.#at;
  }

  get atEnd(): boolean {
    return this.#at >= this.#text.length;
  }

  /** Goes over blanks, and returns whether the line ends here. */
  atLineEnd(): boolean {
    this.#skipBlanks();
    return this.atEnd || this.#text.charCodeAt(this.#at) === newline;
  }

  /** Goes to the start of the next line; anything but blanks before it is an error. */
  endLine(): void {
    if (!this.atLineEnd()) this.fail(`the line should end here, got ${this.next()}`);
    this.#at++;
  }

  /** Goes to the start of the next line, whatever is before it. */
  skipLine(): void {
    const end = this.#text.indexOf("\n", this.#at);
    this.#at = end < 0 ? this.#text.length : end + 1;
  }

  /** Takes the sign if it is next. */
  take(sign: string): boolean {
    this.#skipBlanks();
    if (!this.#text.startsWith(sign, this.#at)) return false;
    this.#at += sign.length;
    return true;
  }

  /** A bare word or a quoted string; `what` is how messages call it. */
  string(what: string): string {
    this.#skipBlanks();
    if (this.#text.charCodeAt(this.#at) === quote) return this.#quoted(what);
    const word = this.bareWord();
    if (word === "") this.fail(`${what} should be here, got ${this.next()}`);
    return word;
  }

  /** The bare word that starts here; empty if there is none. */
  bareWord(): string {
    const start = this.#at;
    let at = start;
    while (isWordCharacter(this.#text.charCodeAt(at))) at++;
    this.#at = at;
    return this.#text.slice(start, at);
  }

  /** What is next, for messages. */
  next(): string {
    if (this.atLineEnd()) return this.atEnd ? "the end of the file" : "the end of the line";
    const start = this.#at;
    const rest = this.#text.slice(start, start + 40).split(/\s/, 1)[0] ?? "";
    return JSON.stringify(rest);
  }

  /** Throws a SetupIniError for this place, or for an earlier one. */
  fail(reason: string, at: number = this.#at): never {
    const before = this.#text.slice(0, at);
    const lines = before.split("\n");
    throw new SetupIniError(lines.length, (lines.at(-1) ?? "").length + 1, reason);
  }

  #quoted(what: string): string {
    const start = this.#at;
    const end = this.#text.indexOf('"', start + 1);
    if (end < 0) this.fail(`${what}: the quotation mark that opens here is never closed`);
    this.#at = end + 1;
    const content = this.#text.slice(start + 1, end);
    return content.includes("\r") ? content.replaceAll("\r\n", "\n") : content;
  }

  #skipBlanks(): void {
    let at = this.#at;
    for (;;) {
      const code = this.#text.charCodeAt(at);
      if (code !== space && code !== tab && code !== carriageReturn) break;
      at++;
    }
    this.#at = at;
  }
}

/** True for what setup's grammar takes without quotation marks. */
export function isBareWord(text: string): boolean {
  return /^[!a-zA-Z0-9_./:+~-]+$/.test(text);
}

const newline = 10;
const tab = 9;
const carriageReturn = 13;
const space = 32;
const quote = 34;

// One entry a character of ASCII; the lists have a hundred thousand words.
const wordCharacters = Uint8Array.from({ length: 128 }, (_, code) =>
  isBareWord(String.fromCharCode(code)) ? 1 : 0,
);

function isWordCharacter(code: number): boolean {
  return wordCharacters[code] === 1;
}
