import { readFileSync } from "node:fs";
import { toAbsolute, toUnix } from "../machine/paths.ts";
import type { Handles } from "../programs/program.ts";
import type { Environment } from "./environment.ts";
import { expandPercent } from "./expand.ts";
import { CmdSyntaxError, parseCommand } from "./parse.ts";
import { Jump, Leave, type Shell } from "./shell.ts";

/** What one running batch file or subroutine has of its own. */
export interface Frame {
  readonly file: BatchFile;
  /** %0. */
  readonly name: string;
  arguments: string[];
  tail: string;
  readonly scopes: { environment: Environment; cwd: string; delayed: boolean }[];
}

/** A batch file in memory, line by line. */
export class BatchFile {
  /** Absolute Windows path. */
  readonly path: string;
  readonly #lines: readonly string[];

  private constructor(path: string, lines: readonly string[]) {
    this.path = path;
    this.#lines = lines;
  }

  static load(path: string, cwd: string): BatchFile {
    const text = readFileSync(toUnix(path, cwd), "utf8");
    return new BatchFile(toAbsolute(path, cwd), text.split(/\r?\n/));
  }

  /** True for .cmd files, in which `set` clears errorlevel. */
  get isCmd(): boolean {
    return /\.cmd$/i.test(this.path);
  }

  /** Runs from the top or from a label to the end, `exit /b` or `goto :eof`. */
  run(shell: Shell, handles: Handles, label?: string): void {
    let at = label === undefined ? 0 : this.#find(label);
    while (at < this.#lines.length) {
      const next = (): string | undefined => {
        const line = this.#lines[at++];
        return line === undefined ? undefined : expandPercent(line, shell.variables());
      };
      const line = this.#lines[at] ?? "";
      if (/^\s*:/.test(line)) {
        at++;
        continue;
      }
      const first = next() ?? "";
      try {
        const command = parseCommand(first, next);
        if (command !== undefined) shell.run(command, handles);
      } catch (error) {
        if (error instanceof Jump) {
          if (error.label.toLowerCase() === "eof") return;
          at = this.#find(error.label);
        } else if (error instanceof Leave && !error.everything) return;
        else throw error;
      }
    }
  }

  #find(label: string): number {
    const wanted = label.toLowerCase();
    const at = this.#lines.findIndex(
      (line) => /^\s*:\s*([^\s:+,;=&|<>]+)/.exec(line)?.[1]?.toLowerCase() === wanted,
    );
    if (at < 0) throw new CmdSyntaxError(`The system cannot find the batch label specified - ${label}`);
    return at;
  }
}
