import type { SnapshotRecord } from "../contract/records.ts";
import type { RevivingStage } from "../contract/stage-config.ts";
import type { StageContext } from "./context.ts";

/** Seconds since 1970 to set the revived guest's clock to, said in the log; null leaves it where it was frozen. */
export function clockToSet(
  config: RevivingStage,
  context: StageContext,
  record: SnapshotRecord,
): number | null {
  if (config.settings.clock !== "host") return null;
  const now = Math.floor(context.host.nowEpochMs() / 1000);
  if (record.frozenAtEpochSeconds !== null) {
    context.log.line(
      `clock: set from the host before the command; it jumps by ${now - record.frozenAtEpochSeconds} s`,
    );
  }
  return now;
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
