import type { SnapshotRecord } from "../contract/records.ts";
import type { DebugStage, RunStage } from "../contract/stage-config.ts";
import { writeCommandFiles } from "./command-files.ts";
import { guestTitle, type StageContext } from "./context.ts";
import type { Place } from "./evidence.ts";
import type { Pair } from "./pair.ts";
import { revive, type ReviveParts } from "./revive.ts";

/** A revived guest that goes on, with its shares, and what its command needs. */
export interface Revived {
  readonly pair: Pair;
  readonly place: Place;
  readonly record: SnapshotRecord;
  /** File name of the command's script in xchg/run. */
  readonly script: string;
}

/** Revives the snapshot until its command can be run: the phase is `run` then. */
export async function reviveToRun(
  config: RunStage | DebugStage,
  context: StageContext,
  parts: ReviveParts,
): Promise<Revived> {
  const { log } = context;
  const { place, record } = parts;
  log.phase("revive");
  log.line(
    `${config.stage} ${config.name}: revives ${guestTitle(config)}, accelerator ${config.hardware.accelerator}`,
  );
  const script = await writeCommandFiles(config.command, place.workspace.path("xchg"));
  const pair = await revive(config, context, parts);
  // The agent logs in while the controller still brings up the shares.
  await log.timeline.step("guest", "goes on", () => pair.guest.execute("cont"));
  log.phase("run");
  return { pair, place, record, script };
}
