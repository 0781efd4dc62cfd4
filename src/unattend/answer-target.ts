import type { Architecture, Family, Firmware, Release } from "../catalogue/release.ts";

/**
 * The machine and the release that an answer file is for. Whoever does not know the release leaves it out: only what
 * holds for every family is asked for then.
 */
export interface AnswerTarget {
  readonly firmware: Firmware;
  readonly architecture: Architecture;
  /** XP and Server 2003 have an answer file of another kind. */
  readonly family?: Exclude<Family, "xp"> | undefined;
  readonly product?: Release["product"] | undefined;
}

/** The releases that a rule is for; what is left out does not matter to it. */
export interface RuleTarget {
  readonly since?: Family;
  readonly until?: Family;
  readonly product?: Release["product"];
}

/** Whether the rule is for the target. What the target does not say, no rule is for that depends on it. */
export function isFor(rule: RuleTarget, target: AnswerTarget): boolean {
  if (rule.product !== undefined && rule.product !== target.product) return false;
  if (rule.since !== undefined && !isFrom(target.family, rule.since)) return false;
  return (
    rule.until === undefined || (target.family !== undefined && place(target.family) <= place(rule.until))
  );
}

/** Whether the family is known and is that one or a later one. */
export function isFrom(family: Family | undefined, since: string): boolean {
  return family !== undefined && place(family) >= place(since);
}

const families: readonly string[] = ["xp", "7", "8.1", "10", "11"];

function place(family: string): number {
  return families.indexOf(family);
}
