import { cp, mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { ToolError } from "../../src/errors.ts";
import { type Command, formatCommand } from "../../src/process/command.ts";
import { run, type RunResult } from "../../src/process/run.ts";
import { spawn } from "../../src/process/spawn.ts";
import type { Vitals } from "../../src/runtime/vitals.ts";
import { packageSetArguments } from "../flake-arguments.ts";
import type { BenchContext } from "./context.ts";

const repository = join(import.meta.dirname, "../..");

/** A flake with the machine of examples/hello, on which the bench runs Nix. */
export interface Project {
  /** Where its flake lies. */
  readonly folder: string;
  /** Builds an attribute: its outputs' store paths and the build's log. */
  build(attribute: string): Promise<{ readonly paths: readonly string[]; readonly log: string }>;
  /** The same, and the time from the last line that matches until `nix build` ended. */
  buildAndWatch(
    attribute: string,
    line: RegExp,
  ): Promise<{ readonly paths: readonly string[]; readonly log: string; readonly afterLastLineMs: number }>;
  /** Evaluates an attribute that is text. */
  text(attribute: string): Promise<string>;
  /** Evaluates an expression, a function of an attribute, to text; nothing of it comes from Nix's cache. */
  apply(attribute: string, expression: string): Promise<string>;
  /** Evaluates an attribute to JSON. */
  json(attribute: string): Promise<unknown>;
  /** Makes `fresh` a derivation that was never built. */
  renew(): Promise<void>;
}

/** Generates the project in a folder; `quietSeconds` other than the example's makes another snapshot of the same image. */
export async function openProject(
  context: BenchContext,
  name: string,
  quietSeconds?: number,
): Promise<Project> {
  const folder = join(context.folder, name);
  await mkdir(folder);
  await cp(join(import.meta.dirname, "flake/flake.nix"), join(folder, "flake.nix"));
  await writeFile(join(folder, "casement.yaml"), await spec(quietSeconds));
  const { signal } = context.vitals;
  await run(
    {
      file: process.execPath,
      args: [join(repository, "src/cli/main.ts"), "generate"],
      cwd: folder,
      env: { XDG_CACHE_HOME: join(context.folder, "cache") },
    },
    { signal },
  );
  const commandOf = (command: readonly string[], attribute: string): Command => ({
    file: "nix",
    args: [...command, ...packageSetArguments(repository), `path:${folder}#${attribute}`],
  });
  const nix = (command: readonly string[], attribute: string): Promise<RunResult> =>
    run(commandOf(command, attribute), { signal });
  const buildWords = ["build", "-L", "--no-link", "--print-out-paths"];
  const project: Project = {
    folder,
    async build(attribute) {
      const { stdout, stderr } = await nix(buildWords, attribute);
      return { paths: stdout.trim().split("\n"), log: stderr };
    },
    buildAndWatch: (attribute, line) => watch(commandOf(buildWords, attribute), line, context.vitals),
    text: async (attribute) => (await nix(["eval", "--raw"], attribute)).stdout,
    apply: async (attribute, expression) =>
      (await nix(["eval", "--raw", "--option", "eval-cache", "false", "--apply", expression], attribute))
        .stdout,
    json: async (attribute) => JSON.parse((await nix(["eval", "--json"], attribute)).stdout) as unknown,
    renew: () => writeFile(join(folder, "stamp"), crypto.randomUUID()),
  };
  await project.renew();
  return project;
}

async function watch(
  command: Command,
  line: RegExp,
  vitals: Vitals,
): Promise<{ paths: string[]; log: string; afterLastLineMs: number }> {
  await using program = await spawn(command);
  let [stdout, log, searched, seenMs] = ["", "", 0, Number.NaN];
  program.stdin.end();
  program.stdout.on("data", (chunk: Buffer) => {
    stdout += chunk.toString();
  });
  program.stderr.on("data", (chunk: string) => {
    log += chunk;
    if (!line.test(log.slice(searched))) return;
    searched = log.length;
    seenMs = performance.now();
  });
  const { exitCode, how } = await vitals.race(program.exited);
  if (exitCode !== 0) throw new ToolError(`${formatCommand(command)} ${how}\n${program.lastStderr()}`);
  return { paths: stdout.trim().split("\n"), log, afterLastLineMs: performance.now() - seenMs };
}

async function spec(quietSeconds: number | undefined): Promise<string> {
  const text = await readFile(join(repository, "examples/hello/casement.yaml"), "utf8");
  if (quietSeconds === undefined) return text;
  const changed = text.replace(/(quiet:(?:\n\s*#.*)*\n\s*seconds: )[\d.]+/, `$1${quietSeconds}`);
  if (changed === text) throw new Error("examples/hello/casement.yaml no longer says snapshot.quiet.seconds");
  return changed;
}
