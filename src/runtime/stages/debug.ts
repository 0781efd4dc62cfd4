import { join } from "node:path";
import { commandLog } from "../../contract/filenames.ts";
import type { DebugStage } from "../../contract/stage-config.ts";
import type { StageContext } from "../context.ts";
import { type DebugFlags, debugUsage, parseDebugFlags } from "../debug-flags.ts";
import { inWorkspace, type Place } from "../evidence.ts";
import { execute } from "../execute.ts";
import { describeExitCode } from "../exit-code.ts";
import { assertAccelerator, assertPrograms } from "../host.ts";
import { assertCanBeKept, keepDisk } from "../kept-disk.ts";
import { loadParents } from "../parents.ts";
import type { Display } from "../qemu/command.ts";
import { revivedDisk } from "../revive.ts";
import { type Revived, reviveToRun } from "../revive-to-run.ts";

/** A person may go home in between. */
const sessionTimeoutMs = 7 * 24 * 3600 * 1000;

/**
 * Revives the snapshot with a screen and gives a shell in the session of the command, before or after it. Returns the command's code,
 * or 0 where it was left before it had one.
 */
export async function debug(config: DebugStage, context: StageContext): Promise<number> {
  const { log, vitals } = context;
  const flags = parseDebugFlags(context.flags, context.cwd);
  if (flags.help) {
    context.output("stdout", Buffer.from(`${debugUsage}\n`));
    return 0;
  }
  if (flags.keep !== undefined) await assertCanBeKept(flags.keep);
  const record = await loadParents(config, context.host);
  await assertPrograms(config.tools);
  await assertAccelerator(config.hardware.accelerator);
  return inWorkspace(config, context, async (place) => {
    const revived = await reviveToRun(config, context, { place, record, display: displayOf(flags, place) });
    for (const line of describePlaces(flags, place)) log.line(line);
    const exitCode = await openShell(config, context, { ...revived, flags });
    if (flags.keep !== undefined) {
      await vitals.race(revived.pair.guest.quit());
      const otherwise = place.workspace.path("evidence");
      await keepDisk(place.workspace.file(revivedDisk), { file: flags.keep, otherwise });
      log.line(`disk:   ${flags.keep}, an overlay of the snapshot's, which it needs beside it in the store`);
    }
    return exitCode;
  });
}

async function openShell(
  config: DebugStage,
  context: StageContext,
  parts: Revived & { readonly flags: DebugFlags },
): Promise<number> {
  const { console } = context;
  const running = execute(
    parts.pair,
    {
      command: config.command,
      script: parts.script,
      access: config.access,
      hostKey: parts.record.hostKey,
      outputs: config.outputs,
      collect: "never",
      last: false,
      setClockEpochSeconds: null,
      loginTimeoutMs: Math.round(config.settings.reviveSeconds * 1000),
      sessionTimeoutMs,
      shell: { when: parts.flags.when ?? config.when, console },
      xchg: parts.place.workspace.path("xchg"),
      logFile: join(parts.place.workspace.path("evidence"), commandLog),
    },
    context,
  );
  running.catch(() => undefined);
  const ended = await Promise.race([running, console.left.then(() => undefined)]);
  if (ended === undefined) return 0;
  context.log.line(describeExitCode(ended.exitCode, config.command.kind));
  return ended.exitCode;
}

function displayOf({ display }: DebugFlags, place: Place): Display | undefined {
  if (display === "none") return undefined;
  return display === "vnc" ? { kind: "vnc", socket: place.workspace.path("screen") } : { kind: display };
}

function describePlaces({ display }: DebugFlags, place: Place): string[] {
  const screen = place.workspace.path("screen");
  return [
    ...(display === "vnc" ? [`screen: vncviewer ${screen}   (or remote-viewer vnc+unix://${screen})`] : []),
    `files:  ${place.workspace.path("xchg")} is X: and /tmp/xchg in the guest; S: is this machine's /nix/store`,
    "leave:  exit, or Enter ~ . where nothing answers; the machine goes then, and nothing of it stays",
  ];
}
