import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { exitCodes, ToolError } from "../errors.ts";

/** What a person says on the command line of a debug session. */
export interface DebugFlags {
  /** Where the shell comes; undefined: where the derivation says. */
  readonly when: "before" | "after" | undefined;
  readonly display: "vnc" | "sdl" | "gtk" | "none";
  /** Absolute path of the file that the machine's disk is kept in. */
  readonly keep: string | undefined;
  readonly help: boolean;
}

export const debugUsage = `flags of a debug session:
  --before          a shell before the command runs
  --after           a shell when it has ended
  --display KIND    vnc (default: a unix socket, whose path is printed), sdl, gtk (a window) or none
  --keep FILE       keep the machine's disk, an overlay of the snapshot's, in a file that is not there yet
  --help            this text
Enter ~ . leaves a session that hangs.`;

/** Reads the flags; throws ToolError with the usage. */
export function parseDebugFlags(argv: readonly string[], cwd: string): DebugFlags {
  const { values, positionals } = parse(argv);
  const { before, after, display = "vnc", keep, help = false } = values;
  if (positionals.length > 0) throw misused(`no argument is known, got ${JSON.stringify(positionals[0])}`);
  if (before === true && after === true) throw misused("--before and --after exclude each other");
  if (!isDisplay(display)) {
    throw misused(`--display: unknown, got ${JSON.stringify(display)}; allowed: ${displays.join(", ")}`);
  }
  return {
    when: before === true ? "before" : after === true ? "after" : undefined,
    display,
    keep: keep === undefined ? undefined : resolve(cwd, keep),
    help,
  };
}

const displays = ["vnc", "sdl", "gtk", "none"] as const;

function isDisplay(word: string): word is (typeof displays)[number] {
  return displays.some((known) => known === word);
}

function parse(argv: readonly string[]) {
  try {
    return parseArgs({
      args: [...argv],
      allowPositionals: true,
      options: {
        before: { type: "boolean" },
        after: { type: "boolean" },
        display: { type: "string" },
        keep: { type: "string" },
        help: { type: "boolean" },
      },
    });
  } catch (error) {
    throw misused(error instanceof Error ? error.message : String(error));
  }
}

function misused(what: string): ToolError {
  return new ToolError(`${what}\n${debugUsage}`, { exitCode: exitCodes.spec });
}
