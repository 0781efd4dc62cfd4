import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ToolError } from "../../src/errors.ts";
import { createVitals, type Vitals } from "../../src/runtime/vitals.ts";

/** What every case gets. Leaving the scope removes everything that the bench has written. */
export interface BenchContext extends AsyncDisposable {
  readonly runs: number;
  /** Folder of this run, with a short path because of the sockets in it. */
  readonly folder: string;
  readonly vitals: Vitals;
  /** A line for the person who waits; never part of the result. */
  say(text: string): void;
}

/** Makes the folder; Ctrl-C from here on ends the bench in order, with all that it has started. */
export async function openContext(runs: number): Promise<BenchContext> {
  const started = performance.now();
  const vitals = createVitals();
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
    process.once(signal, () => vitals.fail(new ToolError(`ended by ${signal}`, { exitCode: 130 })));
  }
  const folder = await mkdtemp(join(tmpdir(), "cs-"));
  return {
    runs,
    folder,
    vitals,
    say(text) {
      const seconds = ((performance.now() - started) / 1000).toFixed(1);
      process.stderr.write(`[${seconds.padStart(6)} s] ${text}\n`);
    },
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }),
  };
}
