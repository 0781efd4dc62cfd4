import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { until } from "../../src/process/until.ts";
import { makeTempFolder } from "../support/temp-folder.ts";

/** A project with `casement generate --watch` at work in it; it ends with its scope. */
export interface WatchedProject extends AsyncDisposable {
  readonly path: string;
  /** Writes a file in one go, as a shell does. */
  write(name: string, text: string): Promise<void>;
  /** Puts a file into the old one's place, as vim and VS Code do. */
  replace(name: string, text: string): Promise<void>;
  /** Waits for output after what was returned before that fits; returns everything up to its end. */
  untilSaid(pattern: RegExp): Promise<string>;
  machine(): Promise<string>;
  /** Sends the signal and returns the exit code. */
  end(signal: NodeJS.Signals): Promise<number | null>;
}

/** Starts it in a new folder with these files and waits until it watches. */
export async function startWatching(
  files: Readonly<Record<string, string>>,
  ...args: readonly string[]
): Promise<WatchedProject> {
  const folder = await makeTempFolder();
  const path = join(folder.path, "project");
  for (const [name, text] of Object.entries(files)) {
    await mkdir(join(path, name, ".."), { recursive: true });
    await writeFile(join(path, name), text);
  }
  const start = join(import.meta.dirname, "../../src/cli/start.mjs");
  const child = spawn(process.execPath, [start, "generate", "--watch", ...args], {
    cwd: path,
    env: { ...process.env, XDG_CACHE_HOME: join(folder.path, "cache") },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const untilSaid = listen(child);
  const project: WatchedProject = {
    path,
    untilSaid,
    write: (name, text) => writeFile(join(path, name), text),
    async replace(name, text) {
      await writeFile(join(path, `.${name}.swp`), text);
      await rename(join(path, `.${name}.swp`), join(path, name));
    },
    machine: () => readFile(join(path, "casement/machine.json"), "utf8"),
    async end(signal) {
      const exited = once(child, "exit");
      child.kill(signal);
      await exited;
      return child.exitCode;
    },
    async [Symbol.asyncDispose]() {
      if (child.exitCode === null && child.signalCode === null) {
        child.kill("SIGKILL");
        await once(child, "exit");
      }
      await folder[Symbol.asyncDispose]();
    },
  };
  await untilSaid(/watching .*; Ctrl-C ends it\n/);
  return project;
}

function listen(child: ChildProcess): (pattern: RegExp) => Promise<string> {
  let said = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding("utf8").on("data", (text: string) => {
      said += text;
    });
  }
  return (pattern) =>
    until({
      what: `casement to say ${pattern}`,
      timeoutMs: 20_000,
      intervalMs: 5,
      probe: (observe) => {
        observe(said);
        const found = pattern.exec(said);
        if (found === null) return undefined;
        const end = found.index + found[0].length;
        const text = said.slice(0, end);
        said = said.slice(end);
        return text;
      },
    });
}
