import { isDeepStrictEqual } from "node:util";
import { answerSettings } from "../artifacts/settings.ts";
import { InternalError } from "../errors.ts";
import { buildPlan } from "../plan/build-plan.ts";
import type { Plan, PlanInputs } from "../plan/plan.ts";
import { checkDocument } from "../spec/check-document.ts";
import { toFault } from "../spec/extra-settings-rule.ts";
import { type Fault, valueAt } from "../spec/issues.ts";
import { showPath } from "../spec/show.ts";
import { checkMerged } from "../unattend/check-merged.ts";
import { candidatesFor, isRemovable } from "./candidates.ts";
import { type Path, withoutValue, withValue } from "./document.ts";
import { schemaAt } from "./targets.ts";

/** The plan of a document, or what is wrong with it, as `generate` would say. */
export async function planOf(
  document: unknown,
  inputs: PlanInputs,
): Promise<{ readonly plan: Plan } | { readonly faults: readonly Fault[] }> {
  const checked = await checkDocument(document);
  if (!("spec" in checked)) return checked;
  const plan = buildPlan(checked.spec, inputs);
  const faults = checkMerged(answerSettings(plan)).map(toFault);
  return faults.length > 0 ? { faults } : { plan };
}

/** A document that holds, and the fields that were changed for that; or the fault that stays. */
export type Settled =
  | { readonly plan: Plan; readonly document: unknown; readonly together: readonly string[] }
  | { readonly fault: Fault };

/** Changes fields of a document, one after the other, until it holds; never those that are to stay as they are. */
export async function settle(
  document: unknown,
  staying: readonly Path[],
  inputs: PlanInputs,
): Promise<Settled> {
  let settled = document;
  const together = new Set<string>();
  for (;;) {
    const outcome = await planOf(settled, inputs);
    if ("plan" in outcome) return { plan: outcome.plan, document: settled, together: [...together] };
    const [fault] = outcome.faults;
    if (fault === undefined) throw new InternalError("a document without a plan has no fault");
    const repaired = repair(settled, fault, staying);
    // A field that comes up twice goes in circles.
    if (repaired === undefined || together.has(repaired.field)) return { fault };
    together.add(repaired.field);
    settled = repaired.document;
  }
}

/** The document without what has the fault, or with what is missing; undefined where that is to stay. */
function repair(
  document: unknown,
  fault: Fault,
  staying: readonly Path[],
): { readonly document: unknown; readonly field: string } | undefined {
  const path = repairable(fault.path);
  if (path === undefined || staying.some((other) => isWithin(path, other) || isWithin(other, path))) {
    return undefined;
  }
  const field = showPath(path);
  const written = valueAt(document, path);
  if (written !== undefined) return { document: withoutValue(document, path), field };
  const schema = schemaAt(path);
  const [value] = schema === undefined ? [] : candidatesFor({ path, schema, written }).values;
  return value === undefined ? undefined : { document: withValue(document, path, value), field };
}

/** What a fault is about, as far as a spec can do without it; a disk's layout goes as a whole, because it is another without a part. */
function repairable(path: readonly PropertyKey[]): Path | undefined {
  const keys = path.filter((key) => typeof key !== "symbol");
  if (keys[1] === "disk") return keys.slice(0, 2);
  const last = keys.findLastIndex((_, index) => {
    const part = keys.slice(0, index + 1);
    const schema = schemaAt(part);
    return schema !== undefined && isRemovable({ path: part, schema });
  });
  return last === -1 ? undefined : keys.slice(0, last + 1);
}

function isWithin(outer: Path, inner: Path): boolean {
  return isDeepStrictEqual(outer, inner.slice(0, outer.length));
}
