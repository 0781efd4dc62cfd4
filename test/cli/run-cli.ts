import { spawnSync } from "node:child_process";
import { join } from "node:path";

export interface CliResult {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the command `casement` as a process of its own, in a folder, with a cache folder of the test's. */
export function runCli(
  cwd: string,
  args: readonly string[],
  cache: string,
  env: Readonly<Record<string, string>> = {},
): CliResult {
  const start = join(import.meta.dirname, "../../src/cli/start.mjs");
  const result = spawnSync(process.execPath, [start, ...args], {
    cwd,
    encoding: "utf8",
    env: { ...process.env, XDG_CACHE_HOME: cache, ...env },
  });
  if (result.error !== undefined) throw result.error;
  return { exitCode: result.status, stdout: result.stdout, stderr: result.stderr };
}
