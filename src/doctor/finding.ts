/** What one look at the machine or the project came to. */
export interface Finding {
  /** What was looked at, in a word or two. */
  readonly check: string;
  /** A problem stands in the way of building; a warning may. */
  readonly state: "ok" | "warning" | "problem";
  readonly found: string;
  /** What to do; lines, commands among them. */
  readonly todo?: readonly string[];
}

/** A finding; `todo` where something is to be done. */
export function finding(
  check: string,
  state: Finding["state"],
  found: string,
  ...todo: readonly string[]
): Finding {
  return { check, state, found, ...(todo.length === 0 ? {} : { todo }) };
}
