import { splitProgram } from "../cmd/command-line.ts";
import { Environment } from "../cmd/environment.ts";
import { Shell } from "../cmd/shell.ts";
import { createWorld } from "../cmd/world.ts";
import type { Handles, Program } from "../programs/program.ts";

export interface CommandContext {
  readonly programs: ReadonlyMap<string, Program>;
  readonly cwd: string;
  /** Windows' Path. */
  readonly path: string;
  readonly user: string;
  /** Further variables. */
  readonly environment?: ReadonlyMap<string, string>;
  /** Those of this process, where nothing is said. */
  readonly handles?: Handles;
}

/**
 * Runs a command line as CreateProcess does for Setup, the first logon and tasks: no cmd in between, and a program whose path
 * holds a blank has to be quoted. Returns the exit code; a program that is not there is 2 (file not found).
 */
export function runCommandLine(line: string, context: CommandContext): number {
  const environment = new Environment();
  for (const [name, value] of context.environment ?? []) environment.set(name, value);
  environment.set("PATH", context.path);
  environment.set("WINDIR", `${context.cwd.slice(0, 2)}\\Windows`);
  environment.set("SYSTEMROOT", `${context.cwd.slice(0, 2)}\\Windows`);
  environment.set("USERNAME", context.user);
  environment.set("PATHEXT", ".COM;.EXE;.BAT;.CMD");
  const world = createWorld(context.programs);
  const shell = new Shell(world, environment, context.cwd);
  const { program, tail } = splitProgram(expandVariables(line, environment));
  return world.start(shell, program, tail, context.handles ?? { stdin: 0, stdout: 1, stderr: 2 }) ?? 2;
}

/** Setup and the task scheduler expand %NAME% themselves; unknown names stay. */
function expandVariables(line: string, environment: Environment): string {
  return line.replace(/%([A-Za-z_][\w()]*)%/g, (whole, name: string) => environment.get(name) ?? whole);
}
