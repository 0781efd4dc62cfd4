import { modify } from "./modifiers.ts";

/** %i and %~dpi of the FOR loops around a text; letters that no loop has stay as they stand. */
export function expandForVariables(
  text: string,
  variables: ReadonlyMap<string, string>,
  cwd: string,
): string {
  if (variables.size === 0 || !text.includes("%")) return text;
  let result = "";
  let at = 0;
  while (at < text.length) {
    const next = text[at] === "%" ? match(text, at, variables) : undefined;
    if (next === undefined) {
      result += text[at++];
      continue;
    }
    const value = variables.get(next.name) ?? "";
    result += next.modifiers === undefined ? value : modify(next.modifiers, value, cwd);
    at = next.end;
  }
  return result;
}

function match(
  text: string,
  at: number,
  variables: ReadonlyMap<string, string>,
): { name: string; modifiers: string | undefined; end: number } | undefined {
  const plain = text[at + 1];
  if (plain !== undefined && variables.has(plain)) return { name: plain, modifiers: undefined, end: at + 2 };
  if (plain !== "~") return undefined;
  // The longest run of modifier letters that still leaves a variable behind it.
  const letters = /^[fdpnxsz]*/i.exec(text.slice(at + 2))?.[0].length ?? 0;
  for (let length = letters; length >= 0; length--) {
    const name = text[at + 2 + length];
    if (name !== undefined && variables.has(name))
      return { name, modifiers: text.slice(at + 2, at + 2 + length), end: at + 3 + length };
  }
  return undefined;
}
