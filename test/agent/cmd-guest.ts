import { closeSync, mkdirSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Environment } from "../../src/stand-in/cmd/environment.ts";
import { Shell } from "../../src/stand-in/cmd/shell.ts";
import { createWorld } from "../../src/stand-in/cmd/world.ts";
import { moveDrives } from "../../src/stand-in/machine/paths.ts";
import { cmd } from "../../src/stand-in/programs/cmd.ts";
import { type Program, print } from "../../src/stand-in/programs/program.ts";
import { createPrograms } from "../../src/stand-in/programs/table.ts";
import { wscript } from "../../src/stand-in/programs/wscript.ts";

/** Drives of a guest below a folder, and the stand-in's cmd on them; `net` maps nothing and is written down. */
export interface CmdGuest extends Disposable {
  /** Linux' path of a file on a drive. */
  onDrive(drive: string, path: string): string;
  /** Calls of `net`, and of what else writes its calls down. */
  readonly calls: string[];
  /** Commands of net that fail, by their beginning. */
  readonly refused: Set<string>;
  /** Variables of every cmd. */
  readonly environment: ReadonlyMap<string, string>;
  readonly programs: ReadonlyMap<string, Program>;
  /** Runs a command line as sshd would. */
  run(line: string): { readonly status: number; readonly prints: readonly string[] };
}

/** Makes the guest; `more` are further programs of its System32. */
export function makeCmdGuest(more: Readonly<Record<string, Program>> = {}): CmdGuest {
  const root = mkdtempSync(join(tmpdir(), "casement-cmd-guest-"));
  moveDrives(root);
  const onDrive = (drive: string, path: string): string => join(root, "cygdrive", drive, path);
  for (const folder of ["c/casement", "c/windows/System32", "s/abc-hello", "x/run/commands", "x/run/desktop"])
    mkdirSync(join(root, "cygdrive", folder), { recursive: true });
  const calls: string[] = [];
  const refused = new Set<string>();
  const net: Program = (call) => {
    const line = `net${call.tail.trimEnd()}`;
    calls.push(line);
    if (![...refused].some((each) => line.startsWith(each))) return 0;
    print(call.handles.stderr, "System error 53 has occurred.");
    return 2;
  };
  const programs = new Map<string, Program>([...createPrograms(root), ["net", net], ...Object.entries(more)]);
  // Those that start others have to start these.
  programs.set("cmd", (call) => cmd(call, createWorld(programs)));
  programs.set("wscript", (call) => wscript(call, programs));
  for (const name of programs.keys()) writeFileSync(onDrive("c", `windows/System32/${name}.exe`), "");
  const environment = new Map([
    ["PATH", "C:\\windows\\System32"],
    ["COMSPEC", "C:\\windows\\System32\\cmd.exe"],
    ["SYSTEMROOT", "C:\\windows"],
  ]);
  return {
    onDrive,
    calls,
    refused,
    environment,
    programs,
    run(line) {
      const file = join(root, "printed");
      const handle = openSync(file, "w");
      const input = openSync("/dev/null", "r");
      const variables = new Environment();
      for (const [name, value] of environment) variables.set(name, value);
      const shell = new Shell(createWorld(programs), variables, "C:\\");
      const status = shell.runLine(line, { stdin: input, stdout: handle, stderr: handle });
      closeSync(handle);
      closeSync(input);
      return { status, prints: readFileSync(file, "utf8").split("\r\n").slice(0, -1) };
    },
    [Symbol.dispose]() {
      moveDrives("");
      rmSync(root, { recursive: true });
    },
  };
}
