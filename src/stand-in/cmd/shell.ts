import { closeSync, openSync, unlinkSync } from "node:fs";
import { scratchFile } from "../machine/scratch.ts";
import { NoSuchPath } from "../machine/paths.ts";
import { type Handles, print } from "../programs/program.ts";
import type { Command } from "./ast.ts";
import { BatchFile, type Frame } from "./batch-file.ts";
import { holds } from "./conditions.ts";
import type { Environment } from "./environment.ts";
import { type Variables, expandDelayed, expandPercent } from "./expand.ts";
import { runFor } from "./for-loop.ts";
import { expandForVariables } from "./for-variables.ts";
import { modify } from "./modifiers.ts";
import { CmdSyntaxError, parseCommand } from "./parse.ts";
import { redirected } from "./redirects.ts";
import { runSimple } from "./simple.ts";

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
  /** Starts a program and does not wait; "played" is one that only this process could run, a batch file among them. */
  startBeside(shell: Shell, name: string, tail: string): "started" | "missing" | "played";
  /** Batch file behind a name, as a Windows path; undefined if the name is something else. */
  findBatch(shell: Shell, name: string): string | undefined;
  /** True when a command of this name is a file, and no builtin. */
  isProgram(shell: Shell, name: string): boolean;
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
    const file =
      label === undefined || this.frame === undefined ? BatchFile.load(path, this.cwd) : this.frame.file;
    const outer = this.frame;
    this.frame = {
      file,
      name: label === undefined ? path : `:${label}`,
      arguments: splitBatchArguments(tail),
      tail: tail.trim(),
      scopes: [],
    };
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
        return redirected(this, command.redirects, handles, (inner) => runSimple(this, command, inner));
      case "block":
        return redirected(this, command.redirects, handles, (inner) => {
          let code = 0;
          for (const each of command.commands) code = this.run(each, inner);
          return code;
        });
      case "if": {
        const yes = holds(this, command.condition, command.ignoreCase) !== command.not;
        const chosen = yes ? command.body : command.otherwise;
        return chosen === undefined ? 0 : this.run(chosen, handles);
      }
      case "for":
        return runFor(this, command, handles);
      case "chain":
      default:
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
      modify: (letters, value) =>
        modify(
          letters,
          this.frame !== undefined && value === this.frame.name && value.startsWith(":")
            ? this.frame.file.path
            : value,
          this.cwd,
        ),
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

/** Arguments of a batch file: blanks, commas, semicolons and equals signs part them; quotes stay. */
function splitBatchArguments(tail: string): string[] {
  return tail.match(/(?:"[^"]*"?|[^\s,;="])+/g) ?? [];
}
