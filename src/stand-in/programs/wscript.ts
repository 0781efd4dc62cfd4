import { closeSync, openSync, readFileSync } from "node:fs";
import { createContext, runInContext } from "node:vm";
import { runCommandLine } from "../machine/command-line.ts";
import { toUnix } from "../machine/paths.ts";
import { Unsupported } from "../machine/unsupported.ts";
import { type Call, type Program, refuse } from "./program.ts";

/**
 * wscript //B //E:JScript FILE: JScript by V8, with as much of the script host as starts a program and waits for it. Of windows there are
 * none: a program that is started hidden (0) writes nowhere, and any other where this one does.
 */
export function wscript(call: Call, programs: ReadonlyMap<string, Program>): number {
  const [batch = "", engine = "", file, more] = call.args;
  if (batch.toLowerCase() !== "//b" || engine.toLowerCase() !== "//e:jscript" || more !== undefined)
    return refuse(call, `the stand-in plays wscript //B //E:JScript FILE, got ${call.tail.trim()}`);
  if (file === undefined) return refuse(call, "there is no script");
  const run = (line: string, style: number, wait: boolean): number => {
    if (!wait) throw new Unsupported("wscript", "Run without waiting");
    const nowhere = openSync("/dev/null", "r+");
    try {
      return runCommandLine(line, {
        programs,
        cwd: call.cwd,
        path: call.environment.get("PATH") ?? "",
        user: call.environment.get("USERNAME") ?? "",
        environment: call.environment,
        ...(style === 0 ? { handles: { stdin: nowhere, stdout: nowhere, stderr: nowhere } } : {}),
      });
    } finally {
      closeSync(nowhere);
    }
  };
  try {
    const script = readFileSync(toUnix(file, call.cwd), "latin1");
    runInContext(script, createContext({ WScript: createHost(run) }));
    return 0;
  } catch (error) {
    if (error instanceof Quit) return error.code;
    if (error instanceof Unsupported) throw error;
    // What //B keeps from the screen.
    return 1;
  }
}

/** Thrown through the script by WScript.Quit. */
class Quit extends Error {
  readonly code: number;
  constructor(code: number) {
    super();
    this.code = code;
  }
}

function createHost(run: (line: string, style: number, wait: boolean) => number): object {
  return {
    CreateObject(name: string) {
      if (name.toLowerCase() !== "wscript.shell") throw new Unsupported("wscript", `the object ${name}`);
      return { Run: (line: string, style = 1, wait = false) => run(line, style, wait) };
    },
    Quit(code = 0) {
      throw new Quit(code);
    },
  };
}
