import { closeSync, openSync, readFileSync, unlinkSync } from "node:fs";
import { scratchFile } from "../machine/scratch.ts";
import { Unsupported } from "../machine/unsupported.ts";
import { toUnix } from "../machine/paths.ts";
import type { Handles } from "../programs/program.ts";
import type { Command } from "./ast.ts";
import { CmdSyntaxError } from "./parse.ts";
import type { Shell } from "./shell.ts";
import { findFiles, hasWildcard } from "./wildcards.ts";

type ForCommand = Extract<Command, { type: "for" }>;

/** Runs a FOR loop; the result is that of its last round. */
export function runFor(shell: Shell, command: ForCommand, handles: Handles): number {
  const set = shell.finish(command.set);
  const saved = new Map(shell.forVariables);
  let code = 0;
  try {
    for (const values of rounds(shell, command, set, handles)) {
      values.forEach((value, index) =>
        shell.forVariables.set(String.fromCharCode(command.variable.charCodeAt(0) + index), value),
      );
      code = shell.run(command.body, handles);
    }
  } finally {
    shell.forVariables.clear();
    for (const [name, value] of saved) shell.forVariables.set(name, value);
  }
  return code;
}

function rounds(
  shell: Shell,
  command: ForCommand,
  set: string,
  handles: Handles,
): Iterable<readonly string[]> {
  switch (command.kind) {
    case "list":
      return words(set).flatMap((word) => (hasWildcard(word) ? filesOf(shell, word, false) : [[word]]));
    case "folders":
      return words(set).flatMap((word) => (hasWildcard(word) ? filesOf(shell, word, true) : [[word]]));
    case "numbers":
      return numbers(set);
    case "lines":
    default:
      return fields(command.options, linesOf(shell, set, command.options, handles));
  }
}

/** Words of a set; quotes stay, as %~i takes them off. */
function words(set: string): string[] {
  return set.match(/(?:"[^"]*"?|[^\s,;="])+/g) ?? [];
}

function filesOf(shell: Shell, pattern: string, folders: boolean): string[][] {
  const plain = pattern.replaceAll('"', "");
  const folder = /^(.*[\\/:])?/.exec(plain)?.[1] ?? "";
  return findFiles(plain, shell.cwd)
    .filter((found) => found.isFolder === folders)
    .map((found) => [folder + found.name]);
}

function* numbers(set: string): Generator<readonly string[]> {
  const [from = 0, step = 0, to = 0] = words(set).map((word) => Number.parseInt(word, 10) || 0);
  if (step === 0) throw new Unsupported("cmd", "for /l with a step of 0, which never ends");
  for (let at = from; step > 0 ? at <= to : at >= to; at += step) yield [String(at)];
}

function linesOf(shell: Shell, set: string, options: string, handles: Handles): string[] {
  const text = set.trim();
  const backquotes = /\busebackq\b/i.test(options);
  const [command, literal] = backquotes ? ["`", "'"] : ["'", '"'];
  if (text.startsWith(command ?? ""))
    return outputOf(shell, text.slice(1, text.endsWith(command ?? "") ? -1 : undefined), handles);
  if (text.startsWith(literal ?? "")) return [text.slice(1, -1)];
  return words(text).flatMap((file) => {
    try {
      return readFileSync(toUnix(file.replaceAll('"', ""), shell.cwd), "utf8").split(/\r?\n/);
    } catch {
      throw new CmdSyntaxError(`The system cannot find the file ${file}.`);
    }
  });
}

function outputOf(shell: Shell, line: string, handles: Handles): string[] {
  const file = scratchFile("for");
  const write = openSync(file, "w");
  try {
    shell.fork().runLine(line, { ...handles, stdout: write });
    return readFileSync(file, "utf8").split(/\r?\n/);
  } finally {
    closeSync(write);
    unlinkSync(file);
  }
}

/** tokens=, delims=, skip= and eol= over lines; lines without a first token are passed over. */
function fields(options: string, lines: readonly string[]): string[][] {
  const text = options.replace(/^"(.*)"$/s, "$1");
  const known = /^(?:\s*(?:usebackq|tokens=[0-9,*-]+|skip=\d+|eol=.|delims=.*$))*\s*$/i;
  if (!known.test(text)) throw new CmdSyntaxError(`${text} was unexpected at this time (for /f).`);
  const delims = /delims=(.*?)(?:\s+(?:tokens=|skip=|eol=|usebackq).*)?$/i.exec(text)?.[1] ?? " \t";
  const eol = /eol=(.)/i.exec(text)?.[1] ?? ";";
  const skip = Number(/skip=(\d+)/i.exec(text)?.[1] ?? 0);
  const tokens = tokenNumbers(/tokens=([0-9,*-]+)/i.exec(text)?.[1] ?? "1");
  return lines.slice(skip).flatMap((line) => {
    if (line === "" || line.startsWith(eol)) return [];
    const parts = take(line, delims, tokens);
    return parts === undefined ? [] : [parts];
  });
}

function tokenNumbers(spec: string): (number | "*")[] {
  return spec.split(",").flatMap((part): (number | "*")[] => {
    const range = /^(\d+)-(\d+)$/.exec(part);
    if (range !== null) {
      const from = Number(range[1]);
      return Array.from({ length: Number(range[2]) - from + 1 }, (_, index) => from + index);
    }
    const star = /^(\d+)\*$/.exec(part);
    if (star !== null) return [Number(star[1]), "*"];
    return part === "*" ? ["*"] : [Number(part)];
  });
}

function take(line: string, delims: string, wanted: readonly (number | "*")[]): string[] | undefined {
  const found: { text: string; from: number }[] = [];
  let at = 0;
  while (at < line.length) {
    while (at < line.length && delims.includes(line[at] ?? "")) at++;
    if (at >= line.length) break;
    const from = at;
    while (at < line.length && !delims.includes(line[at] ?? "")) at++;
    found.push({ text: line.slice(from, at), from });
  }
  if (found.length === 0) return undefined;
  const last = wanted.reduce<number>(
    (highest, token) => (token === "*" ? highest : Math.max(highest, token)),
    0,
  );
  const values = wanted.map((token) =>
    token === "*"
      ? found[last] === undefined
        ? ""
        : line.slice(found[last].from)
      : (found[token - 1]?.text ?? ""),
  );
  const first = wanted.find((token) => token !== "*");
  return first !== undefined && found[first - 1] === undefined ? undefined : values;
}
