import { refuse } from "../text/unrepresentable.ts";

/** A section of winnt.sif with its entries, in their order. */
export interface SifSection {
  readonly name: string;
  readonly entries: Readonly<Record<string, SifValue>>;
}

/** Words and numbers stand as they are, text in quotes, the items of a list behind one another. */
export type SifValue = string | number | SifText | readonly string[];

export interface SifText {
  readonly text: string;
}

/** Text of any kind: it is quoted, so that blanks, commas and semicolons belong to it. */
export function quoted(text: string): SifText {
  return { text };
}

/**
 * The sections as a file, each line ended by CR LF. Throws UnrepresentableError for what the format cannot hold: quotes and
 * percent signs in text (Setup's parsers do not agree on how to double them), characters outside ASCII (the code page
 * decides what they mean), and words that would need quotes.
 */
export function printSif(sections: readonly SifSection[]): string {
  const blocks = sections.map(({ name, entries }) => [
    `[${name}]`,
    ...Object.entries(entries).map(([key, value]) => `${key}=${printValue(value)}`),
  ]);
  return blocks.map((lines) => lines.map((line) => `${line}\r\n`).join("")).join("\r\n");
}

function printValue(value: SifValue): string {
  if (typeof value === "number") return String(value);
  if (typeof value === "string") return printWord(value);
  if ("text" in value) {
    refuse("winnt.sif", value.text, /[^\u0020-\u007E]|["%]/u);
    return `"${value.text}"`;
  }
  return value.map(printWord).join(",");
}

function printWord(word: string): string {
  refuse("winnt.sif", word, /[^A-Za-z0-9_.:\\*-]/u);
  return word;
}
