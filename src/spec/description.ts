/** What a field's description says: what it is for, and the default where that depends on other fields. */
export interface Description {
  readonly meaning: string;
  /** Without the full stop, such as `made from \`name\``; undefined where the description names none. */
  readonly standard: string | undefined;
}

/** Takes a description of the schema apart: a default stands at its end, or is all of it. */
export function readDescription(text: string | undefined): Description {
  const [meaning = "", standard] = ` ${text ?? ""}`.split(/ Default: (?=[^:]*$)/);
  return { meaning: meaning.trim(), standard: standard?.replace(/\.$/, "") };
}
