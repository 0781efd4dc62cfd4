import { closeSync, existsSync, openSync, unlinkSync } from "node:fs";
import { scratchFile } from "../machine/scratch.ts";
import { Unsupported } from "../machine/unsupported.ts";
import { NoSuchPath, deviceOf, toUnix } from "../machine/paths.ts";
import { type Handles, print } from "../programs/program.ts";
import type { Command, Condition, Redirect } from "./ast.ts";
import { BatchFile, type Frame } from "./batch-file.ts";
import type { Environment } from "./environment.ts";
import { type Variables, expandDelayed, expandPercent } from "./expand.ts";
import { runFor } from "./for-loop.ts";
import { expandForVariables } from "./for-variables.ts";
import { modify } from "./modifiers.ts";
import { CmdSyntaxError, parseCommand } from "./parse.ts";
import { runSimple } from "./simple.ts";
import { findFiles } from "./wildcards.ts";

/** Leaves the batch file (`exit /b`, or the end of a called one) or all of cmd. */
export class Leave extends Error {
  override readonly name = "Leave";
  readonly everything: boolean;

  constructor(everything: boolean) {
    super("leave");
    this.everything = everything;
  }
}

/** `goto`; caught by the batch file that is running. */
export class Jump extends Error {
  override readonly name = "Jump";
  readonly label: string;

  constructor(label: string) {
    super(label);
    this.label = label;
  }
}

/** How programs outside of cmd are started; tests put their own here. */
export interface World {
  /** Runs a program or gives undefined if nothing of that name is found along Path. `tail` is the unparsed rest. */
  start(shell: Shell, name: string, tail: string, handles: Handles): number | undefined;
  /** Batch file behind a name, as a Windows path; undefined if the name is something else. */
  findBatch(shell: Shell, name: string): string | undefined;
  /** Absolute Windows path of a folder that exists, undefined for anything else. */
  folder(shell: Shell, path: string): string | undefined;
}

/** One cmd.exe: its variables, folder, echo state and handles. */
export class Shell {
  readonly world: World;
  environment: Environment;
  cwd: string;
  errorlevel = 0;
  echo = true;
  delayed = false;
  frame: Frame | undefined;
  readonly forVariables: Map<string, string>;
  readonly folders: string[] = [];

  constructor(world: World, environment: Environment, cwd: string) {
    this.world = world;
    this.environment = environment;
    this.cwd = cwd;
    this.forVariables = new Map();
  }

  /** A child cmd, for pipes and `for /f`: changes inside do not come back. */
  fork(): Shell {
    const child = new Shell(this.world, this.environment.copy(), this.cwd);
    child.errorlevel = this.errorlevel;
    child.echo = this.echo;
    child.delayed = this.delayed;
    child.frame = this.frame;
    for (const [name, value] of this.forVariables) child.forVariables.set(name, value);
    return child;
  }

  /** `cmd /c LINE`: the exit code of cmd. */
  runLine(line: string, handles: Handles): number {
    return this.#guarded(handles, () => {
      const lines = line.split("\n");
      const next = (): string | undefined => {
        const text = lines.shift();
        return text === undefined ? undefined : expandPercent(text, this.variables());
      };
      for (let text = next(); text !== undefined; text = next()) {
        const command = parseCommand(text, next);
        if (command !== undefined) this.run(command, handles);
      }
    });
  }

  /** A batch file as the whole of cmd's work: the exit code of cmd. */
  runFile(path: string, tail: string, handles: Handles): number {
    return this.#guarded(handles, () => this.call(path, tail, handles));
  }

  /** `call FILE`: comes back when the file ends. */
  call(path: string, tail: string, handles: Handles, label?: string): void {
    const file = label === undefined || this.frame === undefined ? BatchFile.load(path, this.cwd) : this.frame.file;
    const outer = this.frame;
    this.frame = { file, name: label === undefined ? path : `:${label}`, arguments: splitBatchArguments(tail), tail: tail.trim(), scopes: [] };
    try {
      file.run(this, handles, label);
    } finally {
      for (const scope of this.frame.scopes.reverse()) this.#restore(scope);
      this.frame = outer;
    }
  }

  setlocal(): void {
    this.frame?.scopes.push({ environment: this.environment.copy(), cwd: this.cwd, delayed: this.delayed });
  }

  endlocal(): void {
    const scope = this.frame?.scopes.pop();
    if (scope !== undefined) this.#restore(scope);
  }

  /** Runs a parsed command; the result is what && and || look at. */
  run(command: Command, handles: Handles): number {
    switch (command.type) {
      case "simple":
        return this.#redirected(command.redirects, handles, (inner) => runSimple(this, command, inner));
      case "block":
        return this.#redirected(command.redirects, handles, (inner) => {
          let code = 0;
          for (const each of command.commands) code = this.run(each, inner);
          return code;
        });
      case "if": {
        const yes = this.#holds(command.condition, command.ignoreCase) !== command.not;
        const chosen = yes ? command.then : command.otherwise;
        return chosen === undefined ? 0 : this.run(chosen, handles);
      }
      case "for":
        return runFor(this, command, handles);
      case "chain":
        return this.#chain(command, handles);
    }
  }

  /** FOR variables and !X! of a text; what is left for the last moment. */
  finish(text: string): string {
    const expanded = expandForVariables(text, this.forVariables, this.cwd);
    return this.delayed ? expandDelayed(expanded, this.variables()) : expanded;
  }

  variables(): Variables {
    return {
      get: (name) => this.environment.get(name) ?? this.#dynamic(name.toUpperCase()),
      argument: (index) => (index === 0 ? this.frame?.name : this.frame?.arguments[index - 1]),
      allArguments: () => this.frame?.tail,
      modify: (letters, value) => modify(letters, this.frame !== undefined && value === this.frame.name && value.startsWith(":") ? this.frame.file.path : value, this.cwd),
    };
  }

  #dynamic(name: string): string | undefined {
    switch (name) {
      case "ERRORLEVEL":
        return String(this.errorlevel);
      case "CD":
        return this.cwd;
      case "RANDOM":
        return String(Math.floor(Math.random() * 32768));
      case "DATE":
        return new Date().toISOString().slice(0, 10);
      case "TIME":
        return new Date().toISOString().slice(11, 22);
      default:
        return undefined;
    }
  }

  #chain(command: Extract<Command, { type: "chain" }>, handles: Handles): number {
    if (command.operator === "|") return this.#pipe(command, handles);
    const code = this.run(command.left, handles);
    if (command.operator === "&&" && code !== 0) return code;
    if (command.operator === "||") {
      if (code === 0) return 0;
      this.errorlevel = code;
    }
    return this.run(command.right, handles);
  }

  /** One side after the other, by way of a file: on Windows both run at once, which only an endless left side would notice. */
  #pipe(command: Extract<Command, { type: "chain" }>, handles: Handles): number {
    const file = scratchFile("pipe");
    const write = openSync(file, "w");
    const read = openSync(file, "r");
    unlinkSync(file);
    try {
      this.fork().guardedRun(command.left, { ...handles, stdout: write });
      const code = this.fork().guardedRun(command.right, { ...handles, stdin: read });
      this.errorlevel = code;
      return code;
    } finally {
      closeSync(write);
      closeSync(read);
    }
  }

  /** The same as run for a forked shell: `exit` in it ends the fork only. */
  guardedRun(command: Command, handles: Handles): number {
    try {
      return this.run(command, handles);
    } catch (error) {
      if (error instanceof Leave) return this.errorlevel;
      throw error;
    }
  }

  #redirected(redirects: readonly Redirect[], handles: Handles, body: (inner: Handles) => number): number {
    if (redirects.length === 0) return body(handles);
    const opened: number[] = [];
    const inner: [number, number, number] = [handles.stdin, handles.stdout, handles.stderr];
    try {
      for (const redirect of redirects) {
        const target = this.finish(redirect.target).replaceAll('"', "");
        if (redirect.kind === "duplicate") {
          inner[redirect.handle as 0 | 1 | 2] = inner[Number(target) as 0 | 1 | 2] ?? 1;
          continue;
        }
        const handle = this.#open(redirect.kind, target);
        if (typeof handle === "string") {
          print(inner[2], handle);
          this.errorlevel = 1;
          return 1;
        }
        opened.push(handle);
        inner[redirect.handle as 0 | 1 | 2] = handle;
      }
      return body({ stdin: inner[0], stdout: inner[1], stderr: inner[2] });
    } finally {
      for (const handle of opened) closeSync(handle);
    }
  }

  #open(kind: "read" | "write" | "append", target: string): number | string {
    const device = deviceOf(target);
    if (device === "con") throw new Unsupported("cmd", "CON as a file");
    const flags = kind === "read" ? "r" : kind === "append" ? "a" : "w";
    const path = device === "nul" ? "/dev/null" : device === "com1" ? "/dev/ttyS0" : toUnix(target, this.cwd);
    try {
      return openSync(path, device === undefined ? flags : kind === "read" ? "r" : "r+", 0o755);
    } catch (error) {
      const code = (error as NodeJS.ErrnoException).code;
      if (code === "ENOENT") return existsSync(path) || kind === "read" ? "The system cannot find the file specified." : "The system cannot find the path specified.";
      return "Access is denied.";
    }
  }

  #holds(condition: Condition, ignoreCase: boolean): boolean {
    switch (condition.kind) {
      case "exist": {
        const path = this.finish(condition.path).replaceAll('"', "");
        if (deviceOf(path) !== undefined) return true;
        return findFiles(path, this.cwd).length > 0;
      }
      case "defined":
        return this.variables().get(this.finish(condition.name)) !== undefined;
      case "errorlevel":
        return this.errorlevel >= Number.parseInt(this.finish(condition.level), 10);
      case "compare":
        return compare(this.finish(condition.left), condition.operator, this.finish(condition.right), ignoreCase);
    }
  }

  #restore(scope: { environment: Environment; cwd: string; delayed: boolean }): void {
    this.environment = scope.environment;
    this.cwd = scope.cwd;
    this.delayed = scope.delayed;
  }

  /** Turns what ends cmd into its exit code; a construct that is not played is loud. */
  #guarded(handles: Handles, body: () => void): number {
    try {
      body();
    } catch (error) {
      if (error instanceof Leave) return this.errorlevel;
      if (error instanceof CmdSyntaxError || error instanceof NoSuchPath) {
        print(handles.stderr, error.message);
        return 255;
      }
      throw error;
    }
    return this.errorlevel;
  }
}

function compare(left: string, operator: string, right: string, ignoreCase: boolean): boolean {
  if (operator === "==") return ignoreCase ? left.toLowerCase() === right.toLowerCase() : left === right;
  const numbers = [left, right].map((text) => (/^[+-]?(0x[0-9a-f]+|\d+)$/i.test(text) ? Number(text) : Number.NaN));
  const [a = Number.NaN, b = Number.NaN] = numbers;
  const order = Number.isNaN(a) || Number.isNaN(b) ? compareText(left, right, ignoreCase) : Math.sign(a - b);
  switch (operator) {
    case "EQU":
      return order === 0;
    case "NEQ":
      return order !== 0;
    case "LSS":
      return order < 0;
    case "LEQ":
      return order <= 0;
    case "GTR":
      return order > 0;
    default:
      return order >= 0;
  }
}

function compareText(left: string, right: string, ignoreCase: boolean): number {
  const [a, b] = ignoreCase ? [left.toLowerCase(), right.toLowerCase()] : [left, right];
  return a === b ? 0 : a < b ? -1 : 1;
}

/** Arguments of a batch file: blanks, commas, semicolons and equals signs part them; quotes stay. */
function splitBatchArguments(tail: string): string[] {
  return tail.match(/(?:"[^"]*"?|[^\s,;="])+/g) ?? [];
}
