import { writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { exitCodes, ToolError } from "../errors.ts";
import { loadStageConfig } from "./config.ts";
import { openConsole } from "./console.ts";
import type { StageContext } from "./context.ts";
import { titleOf } from "./evidence.ts";
import { orFullDisk } from "./full-disk.ts";
import { realHost } from "./host.ts";
import { createLog, type Log } from "./log.ts";
import { renderFailure } from "./report.ts";
import { performStage } from "./stage.ts";
import { writeTimeline } from "./timeline/write-timeline.ts";
import { createVitals, type Vitals } from "./vitals.ts";

/*
 * usage: node runtime.mjs STAGE-CONFIG.json [FLAG…]    flags: of a debug session (runtime/debug-flags.ts) or of a
 * test's driver (runtime/test-driver/words.ts)
 * environment: NIX_LOG_FD, NIX_BUILD_TOP or TMPDIR (where the working folder is made), CASEMENT_TIMELINE (a folder that
 * gets the timeline at the end, also of a stage that failed; none in a build, whose reports have it)
 */
async function main(): Promise<number> {
  const vitals = createVitals();
  let ended = false;
  const onEnd = (): void => {
    ended = true;
  };
  endOnSignals(vitals, onEnd);
  endWithReaders(vitals, onEnd);
  try {
    const [configFile, ...flags] = process.argv.slice(2);
    if (configFile === undefined) {
      throw new ToolError("usage: node runtime.mjs STAGE-CONFIG.json", { exitCode: exitCodes.spec });
    }
    const config = await loadStageConfig(configFile);
    const heartbeatMs = config.stage === "debug" || config.stage === "test-node" ? null : undefined;
    // From the start of the process: whoever waits for a stage waits for that too.
    using log = createLog({
      write: writeLine,
      announce,
      startedMs: 0,
      ...(heartbeatMs === null ? { heartbeatMs } : {}),
    });
    log.timeline.ended("runtime", "loads Node and itself", 0);
    try {
      return await performStage(config, contextOf({ log, vitals, flags, ended: () => ended }));
    } finally {
      const folder = process.env["CASEMENT_TIMELINE"];
      if (folder !== undefined) await writeTimeline(folder, log.timeline.read(titleOf(config)));
    }
  } catch (error) {
    const report = renderFailure(error);
    for (const line of report.lines) process.stderr.write(`${line}\n`);
    return report.exitCode;
  }
}

/** A terminal that sends keys as they are wants whole line ends. */
function writeLine(line: string): void {
  process.stderr.write(process.stdin.isRaw ? `${line.replaceAll("\n", "\r\n")}\r\n` : `${line}\n`);
}

function contextOf(parts: {
  readonly log: Log;
  readonly vitals: Vitals;
  readonly flags: readonly string[];
  readonly ended: () => boolean;
}): StageContext {
  const { NIX_BUILD_TOP, TMPDIR } = process.env;
  return {
    ...parts,
    cwd: process.cwd(),
    host: realHost,
    console: openConsole(process.stdin, process.stdout, process.env["TERM"]),
    top: NIX_BUILD_TOP ?? TMPDIR ?? tmpdir(),
    output: (stream, data) => process[stream].write(data),
  };
}

/** The Nix daemon kills what is left of a build; a person's Ctrl-C must do no worse. Everything is gone within three seconds. */
function endOnSignals(vitals: Vitals, onEnd: () => void): void {
  for (const [signal, exitCode] of [
    ["SIGTERM", 143],
    ["SIGINT", 130],
    ["SIGHUP", 129],
  ] as const) {
    process.once(signal, () => {
      onEnd();
      vitals.fail(new ToolError(`ended by ${signal}`, { exitCode }));
      setTimeout(() => process.exit(exitCode), 2500).unref();
    });
  }
}

/** Whoever read the output may leave (`| head`, a terminal's window): without a listener that would end the process where it stands. */
function endWithReaders(vitals: Vitals, onEnd: () => void): void {
  for (const name of ["stdout", "stderr"] as const) {
    process[name].on("error", (error: Error) => {
      const full = orFullDisk(error);
      if (full === error) onEnd();
      vitals.fail(full === error ? new ToolError(`nobody reads ${name} any more: ${error.message}`) : full);
    });
  }
}

/** Nix says in NIX_LOG_FD where structured lines go; in a build it is stderr. */
function announce(line: string): void {
  const { NIX_LOG_FD } = process.env;
  if (NIX_LOG_FD === undefined) return;
  if (NIX_LOG_FD === "2") process.stderr.write(`${line}\n`);
  else writeSync(Number(NIX_LOG_FD), `${line}\n`);
}

process.exitCode = await main();
// Whatever still has a handle open (a socket of a machine that was killed) must not keep a finished build waiting.
process.exit();
