import { execFile, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { copyFile, mkdir, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { findProgram } from "../../support/external-tools.ts";
import { makeTempFolder } from "../../support/temp-folder.ts";

/** A prefix of Wine with drives C: and D:, COM1 on a terminal that is written to a file, and recording programs. */
export interface Wine extends AsyncDisposable {
  /** The host's folders behind C:\ and D:\. */
  readonly driveC: string;
  readonly driveD: string;
  /** Runs one command line as Windows Setup runs a Path; the recording programs come first on PATH. Codes have 8 bits. */
  run(commandLine: string): Promise<Outcome>;
  /** Puts the recording program at the path on C: or D:. */
  record(path: string): Promise<void>;
  /** What the recording programs answer: `CODE|PART OF THE CALL|OUTPUT`, first fit; without a fit 0 and nothing. */
  answer(lines: readonly string[]): Promise<void>;
  /** Calls of the recording programs since the last reset, in order. */
  calls(): Promise<string[]>;
  /** What was written to COM1 since the last reset. */
  serial(): Promise<string[]>;
  /** The data of a DWORD in the registry; undefined if it is not there. */
  dword(key: string, name: string): Promise<number | undefined>;
  /** Takes COM1 away, as on a machine without the port, or gives it back. */
  connectSerial(connected: boolean): Promise<void>;
  /** Forgets calls, answers, C:\casement and what COM1 got. */
  reset(): Promise<void>;
}

export interface Outcome {
  readonly code: number;
  readonly output: string;
}

/** Programs that Wine lacks or that would do something; each is the recording one. */
const recorded = [
  "net",
  "schtasks",
  "sc",
  "powercfg",
  "netsh",
  "getmac",
  "ipconfig",
  "shutdown",
  "rundll32",
] as const;

/** Makes the prefix (about 8 s) and keeps its server running until disposed. */
export async function startWine(): Promise<Wine> {
  await using stack = new AsyncDisposableStack();
  const folder = stack.use(await makeTempFolder());
  const prefix = join(folder.path, "prefix");
  const paths = {
    driveC: join(prefix, "drive_c"),
    driveD: join(folder.path, "d"),
    recorder: join(folder.path, "recorder.exe"),
    serialLog: join(folder.path, "serial.log"),
    com1: join(prefix, "dosdevices/com1"),
  };
  await mkdir(paths.driveD);
  await mkdir(prefix);
  compile("recorder.c", paths.recorder);

  const environment = {
    PATH: process.env["PATH"],
    HOME: folder.path,
    WINEPREFIX: prefix,
    WINEDEBUG: "-all",
    WINEDLLOVERRIDES: "mscoree,mshtml=",
    WINEPATH: "C:\\recorded",
  };
  execFileSync(program("wine64"), ["wineboot", "-i"], { env: environment, stdio: "ignore" });
  stack.use(holdServer(environment));
  await symlink(paths.driveD, join(prefix, "dosdevices/d:"));
  compile("launcher.c", join(paths.driveC, "launcher.exe"));
  const terminal = await startTerminal(folder.path, paths.serialLog);
  stack.use(terminal);

  let serialFrom = 0;
  const onC = (path: string): string => join(paths.driveC, path);
  const wine: Omit<Wine, typeof Symbol.asyncDispose> = {
    driveC: paths.driveC,
    driveD: paths.driveD,
    async run(commandLine) {
      await writeFile(onC("command.txt"), `${commandLine}\r\n`);
      return runWine(environment, ["C:\\launcher.exe"]);
    },
    async record(path) {
      const target = path.startsWith("D:") ? join(paths.driveD, path.slice(3)) : onC(path.slice(3));
      const file = target.replaceAll("\\", "/");
      await mkdir(dirname(file), { recursive: true });
      await copyFile(paths.recorder, file);
    },
    answer: (lines) => writeFile(onC("answers.txt"), lines.map((line) => `${line}\r\n`).join("")),
    calls: () => readLines(onC("calls.log")),
    async serial() {
      // The terminal's reader is another process.
      await sleep(200);
      const text = await readFile(paths.serialLog, "utf8");
      return text
        .slice(serialFrom)
        .split("\r\n")
        .filter((line) => line !== "");
    },
    async dword(key, name) {
      const { code, output } = await runWine(environment, ["reg", "query", key, "/v", name]);
      const data = /REG_DWORD\s+0x([0-9a-f]+)/i.exec(output)?.[1];
      return code !== 0 || data === undefined ? undefined : Number.parseInt(data, 16);
    },
    async connectSerial(connected) {
      await rm(paths.com1, { force: true });
      if (connected) await symlink(terminal.device, paths.com1);
    },
    async reset() {
      await sleep(100);
      serialFrom = (await readFile(paths.serialLog, "utf8")).length;
      for (const name of ["calls.log", "answers.txt", "casement", "recorded"]) {
        await rm(onC(name), { recursive: true, force: true });
      }
      for (const name of recorded) await wine.record(`C:\\recorded\\${name}.exe`);
    },
  };
  await wine.connectSerial(true);
  const scope = stack.move();
  return { ...wine, [Symbol.asyncDispose]: () => scope.disposeAsync() };
}

function compile(source: string, program: string): void {
  const file = new URL(source, import.meta.url).pathname;
  execFileSync("x86_64-w64-mingw32-gcc", ["-Os", "-s", "-o", program, file]);
}

// A Linux status has 8 bits of Windows' 32; whole codes are read inside.
function runWine(env: NodeJS.ProcessEnv, args: readonly string[]): Promise<Outcome> {
  return new Promise((resolve, reject) => {
    const child = execFile(program("wine64"), args, { env, timeout: 60_000 }, (error, stdout) => {
      if (error !== null && child.exitCode === null) reject(error);
      else resolve({ code: child.exitCode ?? 0, output: stdout });
    });
  });
}

// A cmd that waits for input. With the last program Wine's services end, COM1 goes back to the machine's own port, and each
// start waits seconds for services that do not come back.
function holdServer(env: NodeJS.ProcessEnv): AsyncDisposable {
  const holder = spawn(program("wine64"), ["cmd"], { env, stdio: ["pipe", "ignore", "ignore"] });
  const gone = once(holder, "exit");
  return {
    async [Symbol.asyncDispose]() {
      holder.stdin.end();
      await gone;
      execFileSync(program("wineserver"), ["-w"], { env, stdio: "ignore" });
    },
  };
}

// Debian keeps both beside the libraries, and wine64 not on PATH at all.
function program(name: "wine64" | "wineserver"): string {
  const own = `/usr/lib/wine/${name}`;
  return existsSync(own) ? own : (findProgram(name) ?? name);
}

// A terminal, because cmd's > cuts a file to nothing each time. script(1) has one and writes it to a file.
async function startTerminal(
  folder: string,
  log: string,
): Promise<{ readonly device: string } & AsyncDisposable> {
  const named = join(folder, "device");
  const holder = `stty raw -echo; tty >${named}.new; echo ready; mv ${named}.new ${named}; exec sleep 600`;
  const child = spawn("script", ["-q", "-f", "-c", holder, log], { stdio: "ignore" });
  const gone = once(child, "exit");
  // script writes a line of its own first.
  for (let tries = 0; !existsSync(named) || !(await readFile(log, "utf8")).includes("\nready"); tries += 1) {
    if (tries > 100) throw new Error("script(1) made no terminal within 5 s");
    await sleep(50);
  }
  return {
    device: (await readFile(named, "utf8")).trim(),
    async [Symbol.asyncDispose]() {
      child.kill();
      await gone;
    },
  };
}

async function readLines(file: string): Promise<string[]> {
  if (!existsSync(file)) return [];
  // Wine leaves the spaces around a redirection on the command line; programs do not see them as arguments.
  return (await readFile(file, "utf8"))
    .split(/\r?\n/)
    .map((line) => line.trimEnd())
    .filter((line) => line !== "");
}
