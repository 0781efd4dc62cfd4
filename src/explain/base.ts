import { buildPlan } from "../plan/build-plan.ts";
import type { PlanInputs } from "../plan/plan.ts";
import type { Spec } from "../spec/schema.ts";
import type { Base } from "./probe.ts";
import { texts } from "./samples.ts";

/** Stands for the password that generate would make. */
export const madeUpPassword = "made-by-generate";

/**
 * A spec as explain needs it; the password is the one that generate keeps, null where it has made none. Files that the spec
 * names are stood in for by a few bytes, because each is rendered hundreds of times and none of their lines is the spec's; a
 * sample may name one, too.
 */
export function baseOf(document: unknown, spec: Spec, password: string | null): Base {
  const sources = spec.windows.files.flatMap(({ source }) => (source === undefined ? [] : [source]));
  const files: PlanInputs["files"] = new Map(
    [...texts, ...sources].map((source) => [source, new TextEncoder().encode(`${source}\n`)]),
  );
  const inputs = { files, password: password ?? madeUpPassword };
  return { document, inputs, plan: buildPlan(spec, inputs) };
}
