import type { SnapshotRecord } from "../contract/records.ts";
import type { RevivingStage } from "../contract/stage-config.ts";
import type { StageContext } from "./context.ts";

/** Seconds since 1970 to set the revived guest's clock to; null leaves it where it was frozen. */
export function clockToSet(config: RevivingStage, { host }: StageContext): number | null {
  return config.settings.clock === "host" ? Math.floor(host.nowEpochMs() / 1000) : null;
}

/** Says in the log how far a clock that is set jumps, which is from where it was frozen. */
export function sayClockJump(config: RevivingStage, context: StageContext, record: SnapshotRecord): void {
  const epochSeconds = clockToSet(config, context);
  if (epochSeconds === null || record.frozenAtEpochSeconds === null) return;
  context.log.line(
    `clock: set from the host before the command; it jumps by ${epochSeconds - record.frozenAtEpochSeconds} s`,
  );
}

/** Warns of an evaluation edition that is past its end. Windows goes by its own clock, which under `clock: snapshot` still shows the day of the freeze. */
export function warnOfExpiry(config: RevivingStage, context: StageContext, record: SnapshotRecord): void {
  const expires = config.evaluationExpires;
  if (expires === null || context.host.nowEpochMs() < Date.parse(expires)) return;
  const ends = Date.parse(expires) / 1000;
  const frozenAt = record.frozenAtEpochSeconds;
  const standsBefore = config.settings.clock === "snapshot" && frozenAt !== null && frozenAt < ends;
  const effect = standsBefore
    ? `the guest's clock stands at ${new Date(frozenAt * 1000).toISOString().slice(0, 10)}, so it may not notice`
    : "it shuts itself down about once an hour";
  context.log.line(
    `warning: the evaluation edition of ${config.release} expired on ${expires}: ${effect}. Build it anew from a medium that is not expired`,
  );
}
