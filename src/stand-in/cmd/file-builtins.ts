import {
  copyFileSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  rmdirSync,
  statSync,
  unlinkSync,
} from "node:fs";
import { posix } from "node:path";
import { errorCode } from "../machine/error-code.ts";
import { Unsupported } from "../machine/unsupported.ts";
import { deviceOf, toAbsolute, toUnix } from "../machine/paths.ts";
import { print, writeAll } from "../programs/program.ts";
import type { Builtin } from "./builtins.ts";
import { findFiles, hasWildcard } from "./wildcards.ts";

/** Options (with their slash, lower case) and paths (without quotes) of a built-in's tail. */
function words(tail: string): { options: string[]; paths: string[] } {
  const all = tail.match(/\/[^\s/"]+|(?:"[^"]*"?|[^\s,;="])+/g) ?? [];
  return {
    options: all.filter((word) => word.startsWith("/")).map((word) => word.toLowerCase()),
    paths: all.filter((word) => !word.startsWith("/")).map((word) => word.replaceAll('"', "")),
  };
}

function allow(name: string, options: readonly string[], known: readonly string[]): void {
  const unknown = options.find((option) => !known.includes(option));
  if (unknown !== undefined) throw new Unsupported("cmd", `${name} ${unknown}`);
}

const fail = (shell: { errorlevel: number }, handle: number, text: string, code = 1): number => {
  print(handle, text);
  shell.errorlevel = code;
  return code;
};

const isFolder = (path: string): boolean => statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;

const md: Builtin = (shell, tail, handles) => {
  const { options, paths } = words(tail);
  allow("md", options, []);
  if (paths.length === 0) return fail(shell, handles.stderr, "The syntax of the command is incorrect.");
  for (const path of paths) {
    const unix = toUnix(path, shell.cwd);
    if (statSync(unix, { throwIfNoEntry: false }) !== undefined) {
      return fail(shell, handles.stderr, `A subdirectory or file ${path} already exists.`);
    }
    try {
      mkdirSync(unix, { recursive: true });
    } catch {
      return fail(shell, handles.stderr, "The system cannot find the path specified.");
    }
  }
  shell.errorlevel = 0;
  return 0;
};

const rd: Builtin = (shell, tail, handles) => {
  const { options, paths } = words(tail);
  allow("rd", options, ["/s", "/q"]);
  for (const path of paths) {
    const unix = toUnix(path, shell.cwd);
    // rd leaves errorlevel alone; only && and || see its code.
    if (!isFolder(unix)) {
      print(handles.stderr, "The system cannot find the file specified.");
      return 2;
    }
    if (options.includes("/s")) {
      if (!options.includes("/q")) throw new Unsupported("cmd", "rd /s without /q, which asks");
      rmSync(unix, { recursive: true });
    } else if (readdirSync(unix).length > 0) {
      print(handles.stderr, "The directory is not empty.");
      return 145;
    } else rmdirSync(unix);
  }
  return 0;
};

const del: Builtin = (shell, tail, handles) => {
  const { options, paths } = words(tail);
  allow("del", options, ["/q", "/f"]);
  if (paths.length === 0) return fail(shell, handles.stderr, "The syntax of the command is incorrect.");
  for (const path of paths) {
    if (/(^|\\)\*(\.\*)?$/.test(path) && !options.includes("/q"))
      throw new Unsupported("cmd", "del of everything without /q, which asks");
    const pattern = isFolder(toUnix(path, shell.cwd)) ? `${path}\\*` : path;
    const files = findFiles(pattern, shell.cwd).filter((found) => !found.isFolder);
    if (files.length === 0) print(handles.stderr, `Could Not Find ${toAbsolute(path, shell.cwd)}`);
    for (const file of files) unlinkSync(file.unix);
  }
  shell.errorlevel = 0;
  return 0;
};

const copy: Builtin = (shell, tail, handles) => {
  const { options, paths } = words(tail);
  allow("copy", options, ["/y", "/b", "/v"]);
  if (/[^\s"]\+|\+[^\s"]/.test(tail) || paths.includes("+"))
    throw new Unsupported("cmd", "copy that joins files with +");
  const [source, target = ".", more] = paths;
  if (source === undefined || more !== undefined)
    return fail(shell, handles.stderr, "The syntax of the command is incorrect.");
  if (deviceOf(target) === "nul") return 0;
  if (deviceOf(source) !== undefined || deviceOf(target) !== undefined)
    throw new Unsupported("cmd", "copy from or to a device");
  const pattern = isFolder(toUnix(source, shell.cwd)) ? `${source}\\*` : source;
  const files = findFiles(pattern, shell.cwd).filter((found) => !found.isFolder);
  if (files.length === 0)
    return fail(
      shell,
      handles.stderr,
      hasWildcard(source)
        ? `${source}\r\nThe system cannot find the file specified.`
        : "The system cannot find the file specified.",
    );
  const unixTarget = toUnix(target, shell.cwd);
  const toFolder = isFolder(unixTarget);
  if (!toFolder && (target.endsWith("\\") || !isFolder(posix.dirname(unixTarget))))
    return fail(
      shell,
      handles.stderr,
      "The system cannot find the path specified.\r\n        0 file(s) copied.",
    );
  if (!toFolder && files.length > 1) throw new Unsupported("cmd", "copy of several files into one");
  for (const file of files) {
    const to = toFolder ? posix.join(unixTarget, file.name) : unixTarget;
    copyFileSync(file.unix, to);
    if (files.length > 1 || hasWildcard(source))
      print(handles.stdout, `${/^(.*[\\/:])?/.exec(source)?.[1] ?? ""}${file.name}`);
  }
  print(handles.stdout, `        ${files.length} file(s) copied.`);
  shell.errorlevel = 0;
  return 0;
};

const move: Builtin = (shell, tail, handles) => {
  const { options, paths } = words(tail);
  allow("move", options, ["/y"]);
  const [source, target, more] = paths;
  if (source === undefined || target === undefined || more !== undefined)
    return fail(shell, handles.stderr, "The syntax of the command is incorrect.");
  const found = findFiles(source, shell.cwd).filter((each) => !hasWildcard(source) || !each.isFolder);
  if (found.length === 0) return fail(shell, handles.stderr, "The system cannot find the file specified.");
  const unixTarget = toUnix(target, shell.cwd);
  for (const each of found)
    renameAcross(each.unix, isFolder(unixTarget) ? posix.join(unixTarget, each.name) : unixTarget);
  print(
    handles.stdout,
    `        ${found.length} ${found[0]?.isFolder === true ? "dir(s)" : "file(s)"} moved.`,
  );
  shell.errorlevel = 0;
  return 0;
};

function renameAcross(from: string, to: string): void {
  try {
    renameSync(from, to);
  } catch (error) {
    if (errorCode(error) !== "EXDEV") throw error;
    copyFileSync(from, to);
    unlinkSync(from);
  }
}

const ren: Builtin = (shell, tail, handles) => {
  const { options, paths } = words(tail);
  allow("ren", options, []);
  const [source, target] = paths;
  if (source === undefined || target === undefined || /[\\/:]/.test(target))
    return fail(shell, handles.stderr, "The syntax of the command is incorrect.");
  if (hasWildcard(source) || hasWildcard(target)) throw new Unsupported("cmd", "ren with wildcards");
  const unix = toUnix(source, shell.cwd);
  const to = posix.join(posix.dirname(unix), target);
  if (statSync(unix, { throwIfNoEntry: false }) === undefined)
    return fail(shell, handles.stderr, "The system cannot find the file specified.");
  if (statSync(to, { throwIfNoEntry: false }) !== undefined)
    return fail(shell, handles.stderr, "A duplicate file name exists, or the file cannot be found.");
  renameSync(unix, to);
  shell.errorlevel = 0;
  return 0;
};

const type: Builtin = (shell, tail, handles) => {
  const { options, paths } = words(tail);
  allow("type", options, []);
  if (paths.length === 0) return fail(shell, handles.stderr, "The syntax of the command is incorrect.");
  for (const path of paths) {
    const files = findFiles(path, shell.cwd).filter((found) => !found.isFolder);
    if (files.length === 0) return fail(shell, handles.stderr, "The system cannot find the file specified.");
    for (const file of files) writeAll(handles.stdout, readFileSync(file.unix));
  }
  shell.errorlevel = 0;
  return 0;
};

const dir: Builtin = (shell, tail, handles) => {
  const { options, paths } = words(tail);
  allow("dir", options, ["/b", "/ad", "/a-d", "/a:d", "/a:-d", "/a", "/on", "/o:n"]);
  if (!options.includes("/b")) throw new Unsupported("cmd", "dir without /b");
  const path = paths[0] ?? ".";
  const pattern = isFolder(toUnix(path, shell.cwd)) ? `${path}\\*` : path;
  const wanted = options.some((option) => /^\/a:?d$/.test(option))
    ? true
    : options.some((option) => /^\/a:?-d$/.test(option))
      ? false
      : undefined;
  const found = findFiles(pattern, shell.cwd).filter(
    (each) => wanted === undefined || each.isFolder === wanted,
  );
  if (found.length === 0) return fail(shell, handles.stderr, "File Not Found");
  print(handles.stdout, ...found.map((each) => each.name));
  shell.errorlevel = 0;
  return 0;
};

export const fileBuiltins: readonly (readonly [string, Builtin])[] = [
  ["md", md],
  ["mkdir", md],
  ["rd", rd],
  ["rmdir", rd],
  ["del", del],
  ["erase", del],
  ["copy", copy],
  ["move", move],
  ["ren", ren],
  ["rename", ren],
  ["type", type],
  ["dir", dir],
];
