/** A value that a target language has no way to write down; the message names the language, the character and its position. */
export class UnrepresentableError extends Error {
  override readonly name = "UnrepresentableError";
  readonly language: string;

  constructor(language: string, text: string, reason: string) {
    super(`${language}: ${reason}, got ${shorten(text)}`);
    this.language = language;
  }
}

/** Throws for the first character that the pattern (with flag g or not) finds. */
export function refuse(language: string, text: string, pattern: RegExp): void {
  const found = pattern.exec(text);
  if (found === null) return;
  throw new UnrepresentableError(language, text, `${nameCharacter(found[0])} at position ${found.index}`);
}

/** Half a surrogate pair: no encoding has it, and every writer would turn it into something else. */
export const loneSurrogate = /[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/;

/** Such as `U+0000` or `U+0025 '%'`. */
function nameCharacter(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  const name = `U+${code.toString(16).toUpperCase().padStart(4, "0")}`;
  return code > 0x20 && code < 0x7f ? `${name} '${character}'` : name;
}

function shorten(text: string): string {
  return JSON.stringify(text.length > 60 ? `${text.slice(0, 57)}...` : text);
}
