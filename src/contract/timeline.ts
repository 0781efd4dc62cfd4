import * as z from "zod";

/**
 * What `timeline.json` says: when each step of a stage began and ended. All times are milliseconds since the stage began, by one
 * monotonic clock, the runtime's; steps may overlap.
 */
export const timelineVersion = 1;

const spanSchema = z.strictObject({
  name: z.string(),
  startMs: z.number().nonnegative(),
  endMs: z.number().nonnegative(),
});

const stepSchema = spanSchema.extend({
  /** Whose work it is. */
  who: z.enum(["runtime", "guest", "controller", "agent"]),
  /** Failed: of itself, or cut off by what failed elsewhere. Unfinished: it went on when this was written, and endMs is then. */
  outcome: z.enum(["done", "failed", "unfinished"]),
});

export const timelineSchema = z.strictObject({
  version: z.literal(timelineVersion),
  /** Such as `run hello`. */
  title: z.string(),
  totalMs: z.number().nonnegative(),
  /** As they are announced to Nix, one after the other. */
  phases: z.array(spanSchema),
  /** By their start. */
  steps: z.array(stepSchema),
});
export type TimelineSpan = z.infer<typeof spanSchema>;
export type TimelineStep = z.infer<typeof stepSchema>;
export type Timeline = z.infer<typeof timelineSchema>;
