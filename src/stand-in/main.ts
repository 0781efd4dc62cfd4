import { toWindows, toWindowsSearchPath } from "./machine/paths.ts";
import { Unsupported } from "./machine/unsupported.ts";
import { installCygwin } from "./cygwin/install.ts";
import { playFirstLogon } from "./phases/first-logon.ts";
import { playSpecialize } from "./phases/specialize.ts";
import { playStartUp } from "./phases/start-up.ts";
import { tailOf } from "./programs/cmd.ts";
import type { Program } from "./programs/program.ts";
import { createPrograms, filePrograms } from "./programs/table.ts";
import { announceStop, endMachine, playSetup, SetupStopped } from "./setup/play.ts";

const [part = "", ...rest] = process.argv.slice(2);
process.exitCode = run();

function run(): number {
  switch (part) {
    case "setup":
      return phase(() => playSetup(rest[0] ?? ""), "reboot");
    case "specialize":
      return phase(() => playSpecialize(windowsEnvironment()), "none");
    case "first-logon":
      return phase(() => playFirstLogon(windowsEnvironment()), "none");
    case "start-up":
      return phase(() => playStartUp(windowsEnvironment()), "none");
    case "program":
      return program(rest[0] ?? "", rest.slice(1));
    default:
      process.stderr.write(`stand-in: no part is called ${part}\n`);
      return 64;
  }
}

/** A part that has nobody who looks at its exit code: what stops it goes to COM1, and the machine off. */
function phase(play: () => void, then: "reboot" | "none"): number {
  try {
    play();
  } catch (error) {
    if (!(error instanceof SetupStopped) && error instanceof Error) process.stderr.write(`${error.stack ?? error.message}\n`);
    announceStop(error instanceof SetupStopped ? error.message : `stand-in: ${part}: ${error instanceof Error ? error.message : String(error)}`);
    endMachine("poweroff");
  }
  if (then === "reboot") endMachine("reboot");
  return 0;
}

function program(name: string, args: readonly string[]): number {
  const table = new Map<string, Program>([...createPrograms(), ...filePrograms, ["setup-x86_64", installCygwin]]);
  const played = table.get(name.toLowerCase());
  if (played === undefined) {
    process.stderr.write(`${name}: not a program of the stand-in\n`);
    return 127;
  }
  try {
    return played({
      name: name.toLowerCase(),
      args,
      tail: tailOf(args),
      handles: { stdin: 0, stdout: 1, stderr: 2 },
      cwd: toWindows(process.cwd()),
      environment: windowsEnvironment(),
    });
  } catch (error) {
    if (!(error instanceof Unsupported)) throw error;
    process.stderr.write(`${error.message}\n`);
    return 120;
  }
}

/** The environment of this process as a Windows program sees it. */
function windowsEnvironment(): ReadonlyMap<string, string> {
  const entries = Object.entries(process.env).flatMap(([name, value]): [string, string][] => (value === undefined ? [] : [[name.toUpperCase(), value]]));
  const environment = new Map(entries);
  environment.set("PATH", toWindowsSearchPath(environment.get("PATH") ?? ""));
  return environment;
}
