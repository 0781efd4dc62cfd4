import { refuse, UnrepresentableError } from "./unrepresentable.ts";

/**
 * The text as one quoted word of a batch file, such as `"50%% off"`. Throws for what no quoting carries: double quotes,
 * `!` (lost under delayed expansion), control characters, characters outside ASCII (the code page decides what they
 * mean), and a backslash at the end (programs read `\"` as a quote).
 */
export function quoteCmd(text: string): string {
  if (text.endsWith("\\")) {
    throw new UnrepresentableError("batch file", text, "a backslash at the end cannot stand before a quote");
  }
  return `"${escapeCmd(text)}"`;
}

/** The text for a place that already stands between double quotes in a batch file. Throws as quoteCmd does. */
export function escapeCmd(text: string): string {
  refuse("batch file", text, /[^\u0020-\u007E]|["!]/u);
  // In a batch file (not at the prompt) a doubled % is one. Between quotes & | < > ^ ( ) mean themselves.
  return text.replaceAll("%", "%%");
}
