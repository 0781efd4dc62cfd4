import { isDeepStrictEqual } from "node:util";
import type { Plan, PlanInputs } from "../plan/plan.ts";
import type { Fault } from "../spec/issues.ts";
import { showPath } from "../spec/show.ts";
import { candidatesFor } from "./candidates.ts";
import { type Path, withoutValue, withValue } from "./document.ts";
import { follow } from "./follow.ts";
import { planOf, type Settled, settle } from "./settle.ts";
import type { Target } from "./targets.ts";

/** The spec that is asked about: as it is written, and what it becomes. */
export interface Base {
  readonly document: unknown;
  readonly inputs: PlanInputs;
  readonly plan: Plan;
}

/** Another value at a target that makes another valid spec, and the plan of that. */
export interface Trial {
  /** Undefined where the field was left out. */
  readonly value: unknown;
  readonly plan: Plan;
  /** Other fields that had to change with it, because they do not fit the value. */
  readonly together: readonly string[];
  /** The plan with those alone changed; the spec's own where there are none, and where they cannot change alone. */
  readonly without: Plan;
}

/** What was tried at a target. */
export interface Probe {
  readonly target: Target;
  readonly trials: readonly Trial[];
  /** Values in a spec that says nothing else; of a release only. */
  readonly alone: readonly Trial[];
  /** Why the first value was refused; undefined where one was taken. */
  readonly refusal: string | undefined;
}

/**
 * Tries other values at a target of a valid document. A value that other fields stand in the way of is tried without those,
 * and one that is refused itself with what its fault names, or another release. A value that changes nothing is no trial.
 */
export async function probe(base: Base, target: Target): Promise<Probe> {
  const { values, enough } = candidatesFor(target);
  const trials: Trial[] = [];
  const inseparable: Trial[] = [];
  const refused: { readonly document: unknown; readonly value: unknown; readonly fault: Fault }[] = [];
  const keep = async (value: unknown, settled: Settled): Promise<void> => {
    if (!("plan" in settled) || isDeepStrictEqual(settled.plan, base.plan)) return;
    const { plan, together } = settled;
    const without = together.length === 0 ? base.plan : await planWithout(settled.document, target, base);
    if (without === undefined) inseparable.push({ value, plan, together, without: base.plan });
    else trials.push({ value, plan, together, without });
  };
  for (const value of values) {
    if (trials.length >= enough) break;
    const document = place(base.document, target.path, value);
    const settled = await settle(document, [target.path], base.inputs);
    if ("fault" in settled) refused.push({ document, value, fault: settled.fault });
    else await keep(value, settled);
  }
  // Of an item of a list there are others of the kind, and each of the ways out is a search.
  const isItem = target.path.some((key) => typeof key === "number");
  for (const { document, value, fault } of isItem ? [] : refused) {
    if (trials.length >= enough) break;
    await keep(value, await follow(document, fault, { changed: target.path, inputs: base.inputs }));
  }
  // What it does and what the others do cannot be told apart: better than nothing, and worse than all the rest.
  if (trials.length === 0) trials.push(...inseparable);
  const alone = isDeepStrictEqual(target.path, release) ? await tryAlone(base, trials) : [];
  return { target, trials, alone, refusal: trials.length === 0 ? whyNone(refused[0]?.fault) : undefined };
}

const release = ["windows", "release"];

/**
 * The releases once more, each in a spec that says nothing else: a field that is written can hide what they decide, as one that
 * gives Administrator a password does, who has one on servers in any case.
 */
async function tryAlone({ plan, inputs }: Base, trials: readonly Trial[]): Promise<Trial[]> {
  const bare = { name: plan.name, windows: { release: plan.release.id } };
  const without = await settle(bare, [release], inputs);
  if (!("plan" in without)) return [];
  const alone: Trial[] = [];
  for (const { value } of trials) {
    const settled = await settle(withValue(bare, release, value), [release], inputs);
    if (!("plan" in settled)) continue;
    alone.push({ value, plan: settled.plan, together: [], without: without.plan });
  }
  return alone;
}

function whyNone(fault: Fault | undefined): string {
  return fault === undefined ? "no other value is known" : `${showPath(fault.path)}: ${fault.message}`;
}

async function planWithout(
  document: unknown,
  { path, written }: Target,
  { inputs }: Base,
): Promise<Plan | undefined> {
  const outcome = await planOf(place(document, path, written), inputs);
  return "plan" in outcome ? outcome.plan : undefined;
}

function place(document: unknown, path: Path, value: unknown): unknown {
  return value === undefined ? withoutValue(document, path) : withValue(document, path, value);
}
