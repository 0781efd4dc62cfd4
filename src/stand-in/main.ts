import { toWindows, toWindowsSearchPath } from "./machine/paths.ts";
import { Unsupported } from "./machine/unsupported.ts";
import { announceStop, endMachine } from "./machine/ending.ts";
import { SetupStopped } from "./machine/setup-stopped.ts";
import { tailOf } from "./programs/cmd.ts";
import type { Program } from "./programs/program.ts";
import { createPrograms, filePrograms } from "./programs/table.ts";

const [part = "", ...rest] = process.argv.slice(2);
process.exitCode = await run();

// Parts are loaded when they are played: a start of Node counts under emulation.
async function run(): Promise<number> {
  switch (part) {
    case "setup": {
      const { playSetup } = await import("./setup/play.ts");
      return phase(() => playSetup(rest[0] ?? ""), "reboot");
    }
    case "specialize": {
      const { playSpecialize } = await import("./phases/specialize.ts");
      return phase(() => playSpecialize(windowsEnvironment()), "none");
    }
    case "first-logon": {
      const { playFirstLogon } = await import("./phases/first-logon.ts");
      return phase(() => playFirstLogon(windowsEnvironment()), "none");
    }
    case "start-up": {
      const { playStartUp } = await import("./phases/start-up.ts");
      return phase(() => playStartUp(windowsEnvironment()), "none");
    }
    case "console-logon": {
      const { playConsoleLogon } = await import("./phases/console-logon.ts");
      return phase(() => playConsoleLogon(), "none");
    }
    case "task": {
      const { playTask } = await import("./phases/task.ts");
      playTask(rest[0] ?? "", windowsEnvironment());
      return 0;
    }
    case "program":
      return await program(rest[0] ?? "", rest.slice(1), tailOf(rest.slice(1)));
    // What Win32-OpenSSH makes of a command: cmd with all of it in one pair of quotes.
    case "login-command":
      return await program("cmd", ["/c", rest[0] ?? ""], ` /c "${rest[0] ?? ""}"`);
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
    if (!(error instanceof SetupStopped) && error instanceof Error)
      process.stderr.write(`${error.stack ?? error.message}\n`);
    announceStop(
      error instanceof SetupStopped
        ? error.message
        : `stand-in: ${part}: ${error instanceof Error ? error.message : String(error)}`,
    );
    endMachine("poweroff");
  }
  if (then === "reboot") endMachine("reboot");
  return 0;
}

async function program(name: string, args: readonly string[], tail: string): Promise<number> {
  const table = new Map<string, Program>([...createPrograms(), ...filePrograms]);
  if (name === "setup-x86_64") table.set(name, (await import("./cygwin/install.ts")).installCygwin);
  const played = table.get(name.toLowerCase());
  if (played === undefined) {
    process.stderr.write(`${name}: not a program of the stand-in\n`);
    return 127;
  }
  try {
    return played({
      name: name.toLowerCase(),
      args,
      tail,
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
  const entries = Object.entries(process.env).flatMap(([name, value]): [string, string][] =>
    value === undefined || name === "NODE_COMPILE_CACHE" ? [] : [[name.toUpperCase(), value]],
  );
  const environment = new Map(entries);
  environment.set("PATH", toWindowsSearchPath(environment.get("PATH") ?? ""));
  return environment;
}
