import { readSync } from "node:fs";
import { Unsupported } from "../machine/unsupported.ts";
import { type Handles, print, writeAll } from "../programs/program.ts";
import { evaluate } from "./arithmetic.ts";
import { fileBuiltins } from "./file-builtins.ts";
import { expandPercent } from "./expand.ts";
import { Jump, Leave, type Shell } from "./shell.ts";
import { programAndTail, runText, startProgram } from "./simple.ts";

/** A built-in command: `tail` is everything behind its name. Returns its code for && and ||, and sets errorlevel itself. */
export type Builtin = (shell: Shell, tail: string, handles: Handles) => number;

/** The name that the system gives itself; nothing here may pass for Windows. */
export const versionLine = "casement stand-in [plays Windows 10.0; this is not Windows]";

const unchanged: Builtin = () => 0;

function echo(shell: Shell, tail: string, handles: Handles): number {
  const text = tail.slice(1);
  const word = tail.trim().toLowerCase();
  if (/^\s/.test(tail) && (word === "on" || word === "off")) {
    shell.echo = word === "on";
    return 0;
  }
  if (word === "") print(handles.stdout, `ECHO is ${shell.echo ? "on" : "off"}.`);
  else print(handles.stdout, text);
  return 0;
}

function set(shell: Shell, tail: string, handles: Handles): number {
  const text = tail.trimStart();
  const option = /^\/([ap])(?=\s|"|$)/i.exec(text);
  if (option?.[1]?.toLowerCase() === "a") {
    const value = evaluate(text.slice(2).replaceAll('"', ""), shell.environment);
    if (shell.frame === undefined) writeAll(handles.stdout, Buffer.from(String(value)));
    shell.errorlevel = 0;
    return 0;
  }
  if (option !== null) return setFromInput(shell, text.slice(2).trimStart(), handles);
  if (text.startsWith("/")) throw new Unsupported("cmd", `set ${text}`);
  const assignment = text.startsWith('"')
    ? text.slice(1, text.lastIndexOf('"') > 0 ? text.lastIndexOf('"') : undefined)
    : text;
  const equals = assignment.indexOf("=", 1);
  if (equals < 0) {
    const shown = shell.environment
      .list()
      .filter(({ name }) => name.toUpperCase().startsWith(assignment.trim().toUpperCase()));
    for (const { name, value } of shown) print(handles.stdout, `${name}=${value}`);
    if (shown.length > 0) return 0;
    print(handles.stderr, `Environment variable ${assignment.trim()} not defined`);
    shell.errorlevel = 1;
    return 1;
  }
  const value = assignment.slice(equals + 1);
  const existed = shell.environment.get(assignment.slice(0, equals)) !== undefined;
  shell.environment.set(assignment.slice(0, equals), value);
  if (value === "" && !existed) {
    shell.errorlevel = 1;
    return 1;
  }
  if (shell.frame?.file.isCmd === true) shell.errorlevel = 0;
  return 0;
}

function setFromInput(shell: Shell, assignment: string, handles: Handles): number {
  const text = assignment.replace(/^"(.*)"\s*$/s, "$1");
  const equals = text.indexOf("=", 1);
  if (equals < 0) throw new Unsupported("cmd", `set /p ${assignment}`);
  writeAll(handles.stdout, Buffer.from(text.slice(equals + 1)));
  const line = readLine(handles.stdin);
  if (line === undefined || line === "") {
    shell.errorlevel = 1;
    return 1;
  }
  shell.environment.set(text.slice(0, equals), line);
  shell.errorlevel = 0;
  return 0;
}

function readLine(handle: number): string | undefined {
  const byte = Buffer.alloc(1);
  const bytes: number[] = [];
  while (readSync(handle, byte, 0, 1, null) === 1) {
    if (byte[0] === 10) return Buffer.from(bytes).toString("utf8").replace(/\r$/, "");
    bytes.push(byte[0] ?? 0);
  }
  return bytes.length === 0 ? undefined : Buffer.from(bytes).toString("utf8").replace(/\r$/, "");
}

function call(shell: Shell, tail: string, handles: Handles): number {
  // `call` goes through percent expansion once more.
  const text = expandPercent(tail, shell.variables()).trimStart();
  if (text.startsWith(":")) {
    const { name, tail: rest } = programAndTail(text.slice(1));
    if (shell.frame === undefined) throw new Unsupported("cmd", "call :label outside a batch file");
    shell.call("", rest, handles, name);
    return shell.errorlevel;
  }
  const { name, tail: rest } = programAndTail(text);
  const batch = shell.world.findBatch(shell, name);
  if (batch === undefined) return runText(shell, text, handles);
  shell.call(batch, rest, handles);
  return shell.errorlevel;
}

function exit(shell: Shell, tail: string): number {
  const match = /^\s*(\/b)?\s*(.*?)\s*$/i.exec(tail);
  const code = match?.[2] ?? "";
  if (code !== "" && !/^[+-]?(\d+|0x[0-9a-f]+)$/i.test(code)) throw new Unsupported("cmd", `exit${tail}`);
  if (code !== "") shell.errorlevel = Number(code) | 0;
  throw new Leave(match?.[1] === undefined || shell.frame === undefined);
}

function goto(shell: Shell, tail: string): number {
  if (shell.frame === undefined) throw new Unsupported("cmd", "goto outside a batch file");
  throw new Jump(
    tail
      .trim()
      .replace(/^:/, "")
      .split(/[\s:+,;=]/)[0] ?? "",
  );
}

function shift(shell: Shell, tail: string): number {
  if (tail.trim() !== "") throw new Unsupported("cmd", `shift${tail}`);
  shell.frame?.arguments.shift();
  return 0;
}

function setlocal(shell: Shell, tail: string): number {
  for (const word of tail.trim().toLowerCase().split(/\s+/)) {
    if (!["", "enableextensions", "enabledelayedexpansion", "disabledelayedexpansion"].includes(word)) {
      throw new Unsupported("cmd", `setlocal ${word}`);
    }
  }
  shell.setlocal();
  if (/enabledelayedexpansion/i.test(tail)) shell.delayed = true;
  if (/disabledelayedexpansion/i.test(tail)) shell.delayed = false;
  if (tail.trim() !== "") shell.errorlevel = 0;
  return 0;
}

/** `start "" /wait PROGRAM …`; without /wait what is a file, such as a program with a window, and not what is played in here. */
function start(shell: Shell, tail: string, handles: Handles): number {
  const match = /^\s*(?:"([^"]*)"\s*)?((?:\/\w+\s+)*)(.*)$/s.exec(tail);
  const options = (match?.[2] ?? "")
    .toLowerCase()
    .trim()
    .split(/\s+/)
    .filter((option) => option !== "");
  const unknown = options.find((option) => !["/wait", "/w", "/b", "/min"].includes(option));
  if (unknown !== undefined) throw new Unsupported("cmd", `start ${unknown}`);
  const { name, tail: rest } = programAndTail(match?.[3] ?? "");
  if (name === "")
    throw new Unsupported("cmd", "start without a program (a quoted first word is the window's title)");
  if (!options.includes("/wait") && !options.includes("/w")) return startBeside(shell, name, rest, handles);
  const batch = shell.world.findBatch(shell, name);
  if (batch === undefined) return startProgram(shell, name, rest, handles);
  shell.errorlevel = shell.fork().runFile(batch, rest, handles);
  return shell.errorlevel;
}

function startBeside(shell: Shell, name: string, tail: string, handles: Handles): number {
  const started = shell.world.startBeside(shell, name, tail);
  if (started === "played") throw new Unsupported("cmd", `start ${name} without /wait`);
  shell.errorlevel = started === "started" ? 0 : 9059;
  if (started === "missing")
    print(
      handles.stderr,
      `Windows cannot find '${name}'. Make sure you typed the name correctly, and then try again.`,
    );
  return shell.errorlevel;
}

function ver(shell: Shell, _tail: string, handles: Handles): number {
  print(handles.stdout, "", versionLine);
  shell.errorlevel = 0;
  return 0;
}

function cd(shell: Shell, tail: string, handles: Handles): number {
  const path = tail
    .trim()
    .replace(/^\/d\s*/i, "")
    .replace(/^"(.*)"?$/s, "$1")
    .replace(/"$/, "");
  if (path === "") {
    print(handles.stdout, shell.cwd);
    return 0;
  }
  const target = shell.world.folder(shell, path);
  if (target === undefined) {
    print(handles.stderr, "The system cannot find the path specified.");
    shell.errorlevel = 1;
    return 1;
  }
  // Without /d another drive's folder is set and the drive stays.
  if (/^\s*\/d/i.test(tail) || target.slice(0, 1) === shell.cwd.slice(0, 1)) shell.cwd = target;
  shell.errorlevel = 0;
  return 0;
}

function pushd(shell: Shell, tail: string, handles: Handles): number {
  const before = shell.cwd;
  const code = cd(shell, ` /d ${tail.trim()}`, handles);
  if (code === 0) shell.folders.push(before);
  return code;
}

function popd(shell: Shell): number {
  shell.cwd = shell.folders.pop() ?? shell.cwd;
  return 0;
}

function path(shell: Shell, tail: string, handles: Handles): number {
  const text = tail.trim();
  if (text === "") print(handles.stdout, `PATH=${shell.environment.get("PATH") ?? ""}`);
  else shell.environment.set("PATH", text.replace(/^=/, ""));
  return 0;
}

export const builtins: ReadonlyMap<string, Builtin> = new Map<string, Builtin>([
  ["echo", echo],
  ["set", set],
  ["call", call],
  ["exit", exit],
  ["goto", goto],
  ["shift", shift],
  ["setlocal", setlocal],
  ["endlocal", (shell) => (shell.endlocal(), 0)],
  ["start", start],
  ["ver", ver],
  ["cd", cd],
  ["chdir", cd],
  ["pushd", pushd],
  ["popd", popd],
  ["path", path],
  ["rem", unchanged],
  ["title", unchanged],
  ["color", unchanged],
  ["cls", unchanged],
  ...fileBuiltins,
]);
