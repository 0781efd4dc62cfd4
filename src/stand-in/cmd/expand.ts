import { Unsupported } from "../machine/unsupported.ts";

/** What percent expansion reads; the evaluator gives it. */
export interface Variables {
  get(name: string): string | undefined;
  /** %0 to %9; undefined outside a batch file. */
  argument(index: number): string | undefined;
  /** %*; undefined outside a batch file. */
  allArguments(): string | undefined;
  /** Path parts for %~dp0 and the like: letters of the modifier, then the value. */
  modify(modifiers: string, value: string): string;
}

/**
 * First phase of cmd: percent variables of one line. In a batch file an unknown variable is empty and %% is one %; on a command
 * line an unknown one stays as it stands.
 */
export function expandPercent(line: string, variables: Variables): string {
  const batch = variables.allArguments() !== undefined;
  let result = "";
  let at = 0;
  while (at < line.length) {
    const char = line[at];
    if (char !== "%") {
      result += char;
      at++;
      continue;
    }
    const found = batch ? (doubled(line, at) ?? argument(line, at, variables)) : undefined;
    const piece = found ?? variable(line, at, variables, batch);
    result += piece.text;
    at = piece.next;
  }
  return result;
}

/** !X! of delayed expansion. */
export function expandDelayed(text: string, variables: Variables): string {
  if (!text.includes("!")) return text;
  return text
    .replace(/!([^!]+)!/g, (_, name: string) => expandName(name, variables) ?? "")
    .replaceAll("!", "");
}

interface Piece {
  readonly text: string;
  readonly next: number;
}

function doubled(line: string, at: number): Piece | undefined {
  return line[at + 1] === "%" ? { text: "%", next: at + 2 } : undefined;
}

function argument(line: string, at: number, variables: Variables): Piece | undefined {
  const rest = line.slice(at + 1);
  if (rest.startsWith("*")) return { text: variables.allArguments() ?? "", next: at + 2 };
  const plain = /^[0-9]/.exec(rest);
  if (plain !== null) return { text: variables.argument(Number(plain[0])) ?? "", next: at + 2 };
  const modified = /^~([a-zA-Z]*)([0-9])/.exec(rest);
  if (modified === null) {
    if (/^~[a-zA-Z]*\$/.test(rest))
      throw new Unsupported("cmd", "a search along a path list in a modifier (%~$PATH:1)");
    return undefined;
  }
  const value = variables.argument(Number(modified[2])) ?? "";
  return { text: variables.modify(modified[1] ?? "", value), next: at + 1 + modified[0].length };
}

function variable(line: string, at: number, variables: Variables, batch: boolean): Piece {
  const end = line.indexOf("%", at + 1);
  if (end < 0) return { text: batch ? "" : "%", next: at + 1 };
  const text = expandName(line.slice(at + 1, end), variables);
  if (text !== undefined) return { text, next: end + 1 };
  return batch ? { text: "", next: end + 1 } : { text: "%", next: at + 1 };
}

/** NAME, NAME:~from,length and NAME:old=new. */
function expandName(spec: string, variables: Variables): string | undefined {
  const colon = spec.indexOf(":");
  if (colon <= 0) return variables.get(spec);
  const value = variables.get(spec.slice(0, colon));
  if (value === undefined) return undefined;
  const change = spec.slice(colon + 1);
  const slice = /^~(-?\d+)(?:,(-?\d+))?$/.exec(change);
  if (slice !== null)
    return substring(value, Number(slice[1]), slice[2] === undefined ? undefined : Number(slice[2]));
  const equals = change.indexOf("=", 1);
  if (equals < 0) throw new Unsupported("cmd", `the variable modifier %${spec}%`);
  return replace(value, change.slice(0, equals), change.slice(equals + 1));
}

function substring(value: string, from: number, length: number | undefined): string {
  const start = from < 0 ? Math.max(0, value.length + from) : from;
  const end = length === undefined ? value.length : length < 0 ? value.length + length : start + length;
  return value.slice(start, Math.max(start, end));
}

/** Without case, every occurrence; `*old` means all up to the first one. */
function replace(value: string, old: string, by: string): string {
  const star = old.startsWith("*");
  const wanted = (star ? old.slice(1) : old).toLowerCase();
  const first = value.toLowerCase().indexOf(wanted);
  if (wanted === "" || first < 0) return value;
  if (star) return by + value.slice(first + wanted.length);
  let result = "";
  let at = 0;
  for (let next = first; next >= 0; next = value.toLowerCase().indexOf(wanted, at)) {
    result += value.slice(at, next) + by;
    at = next + wanted.length;
  }
  return result + value.slice(at);
}
