import { existsSync, statSync } from "node:fs";
import { posix } from "node:path";
import { runAttached, spawnBeside } from "../../process/attached.ts";
import type { Command } from "../../process/command.ts";
import { isInCygwin, NoSuchPath, toAbsolute, toUnix, toUnixSearchPath, toWindows } from "../machine/paths.ts";
import { Unsupported } from "../machine/unsupported.ts";
import type { Handles, Program } from "../programs/program.ts";
import { splitArguments, splitForCygwin } from "./command-line.ts";
import { isWindowsProgram, runWindowsProgram, windowsCommand } from "./windows-program.ts";
import type { Shell, World } from "./shell.ts";

/** What the file behind a command name is. */
type Target =
  | { readonly kind: "batch"; readonly path: string }
  | { readonly kind: "played"; readonly name: string; readonly program: Program }
  | { readonly kind: "file"; readonly path: string };

/** NTSTATUS of a program that crashed or was killed. */
const crashed = 0xc0000005 | 0;

/** The real world: files on the stand-in's drives, and the programs that the bundle plays (by name, lower case, without .exe). */
export function createWorld(programs: ReadonlyMap<string, Program>): World {
  const find = (shell: Shell, name: string): Target | undefined => resolve(shell, name, programs);
  return {
    findBatch: (shell, name) => {
      const target = find(shell, name);
      return target?.kind === "batch" ? target.path : undefined;
    },
    isProgram: (shell, name) => find(shell, name) !== undefined,
    startBeside: (shell, name, tail) => {
      const target = find(shell, name);
      if (target === undefined) return "missing";
      if (target.kind !== "file") return "played";
      const { command, isForWindows } = fileCommand(shell, target.path, tail);
      spawnBeside(isForWindows ? windowsCommand(command) : command);
      return "started";
    },
    folder: (shell, path) => {
      const absolute = toAbsolute(path, shell.cwd);
      return statSync(toUnix(absolute, "C:\\"), { throwIfNoEntry: false })?.isDirectory() === true
        ? absolute
        : undefined;
    },
    start: (shell, name, tail, handles) => {
      const target = find(shell, name);
      if (target === undefined) return undefined;
      if (target.kind === "batch") return shell.fork().runFile(target.path, tail, handles);
      if (target.kind === "file") return startFile(shell, target.path, tail, handles);
      return target.program({
        name: target.name,
        args: splitArguments(tail),
        tail,
        handles,
        cwd: shell.cwd,
        environment: shell.environment.upperCaseMap(),
      });
    },
  };
}

/** A name as CreateProcess and cmd look for it: the current folder, then Path, with the endings of PATHEXT. */
function resolve(shell: Shell, name: string, programs: ReadonlyMap<string, Program>): Target | undefined {
  const endings = (shell.environment.get("PATHEXT") ?? ".COM;.EXE;.BAT;.CMD").toLowerCase().split(";");
  const folders = /[\\/:]/.test(name)
    ? [""]
    : [".", ...(shell.environment.get("PATH") ?? "").split(";").filter((folder) => folder !== "")];
  for (const folder of folders) {
    let base: string;
    try {
      base = toUnix(folder === "" ? name : `${folder.replaceAll('"', "")}\\${name}`, shell.cwd);
    } catch (error) {
      if (error instanceof NoSuchPath) continue;
      throw error;
    }
    const target = resolveFile(base, endings, programs);
    if (target !== undefined) return target;
  }
  return undefined;
}

function resolveFile(
  base: string,
  endings: readonly string[],
  programs: ReadonlyMap<string, Program>,
): Target | undefined {
  const ending = posix.extname(base).toLowerCase();
  const names = endings.includes(ending)
    ? [base, ...endings.map((each) => base + each)]
    : endings.map((each) => base + each);
  for (const path of names) {
    if (isFile(path)) return classify(path, programs);
  }
  // Cygwin's programs have their Linux names here.
  const plain = ending === ".exe" ? base.slice(0, -4) : base;
  return isInCygwin(base) && (ending === ".exe" || ending === "") && isFile(plain)
    ? { kind: "file", path: plain }
    : undefined;
}

function classify(path: string, programs: ReadonlyMap<string, Program>): Target {
  if (/\.(cmd|bat)$/i.test(path)) return { kind: "batch", path: toWindows(path) };
  const name = posix
    .basename(path)
    .toLowerCase()
    .replace(/\.exe$/, "");
  const program = /^[cx]:\\windows\\system32\\/i.test(toWindows(path)) ? programs.get(name) : undefined;
  return program === undefined ? { kind: "file", path } : { kind: "played", name, program };
}

function isFile(path: string): boolean {
  return existsSync(path) && statSync(path).isFile();
}

function startFile(shell: Shell, path: string, tail: string, handles: Handles): number {
  const { command, isForWindows } = fileCommand(shell, path, tail);
  if (isForWindows) return runWindowsProgram(command, handles);
  try {
    return runAttached(command, handles);
  } catch (error) {
    if (error instanceof Error && error.message.includes("was ended by")) return crashed;
    throw error;
  }
}

function fileCommand(
  shell: Shell,
  path: string,
  tail: string,
): { readonly command: Command; readonly isForWindows: boolean } {
  const isForWindows = isWindowsProgram(path);
  const args = isInCygwin(path) && !isForWindows ? cygwinArguments(path, tail) : splitArguments(tail);
  const env: Record<string, string> = {};
  for (const { name, value } of shell.environment.list()) {
    env[/^path$/i.test(name) ? "PATH" : name] = /^path$/i.test(name) ? toUnixSearchPath(value) : value;
  }
  return { command: { file: path, args, env, cwd: toUnix(shell.cwd, "C:\\") }, isForWindows };
}

function cygwinArguments(path: string, tail: string): string[] {
  const { args, wildcard } = splitForCygwin(tail);
  if (wildcard !== undefined)
    throw new Unsupported(
      "cmd",
      `an unquoted ${wildcard} for the Cygwin program ${path}, which would expand it`,
    );
  return args;
}
