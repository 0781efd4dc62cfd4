import { loneSurrogate, refuse } from "./unrepresentable.ts";

/** The text as one word in single quotes, for sh and bash. Throws for NUL, which no argument can hold. */
export function quoteSh(text: string): string {
  refuse("shell", text, /\0/);
  refuse("shell", text, loneSurrogate);
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
