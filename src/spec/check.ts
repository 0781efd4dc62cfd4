import { releaseIds } from "../catalogue/release-ids.ts";
import { describeIssues, type Fault, valueAt } from "./issues.ts";
import { checkFieldRules, checkRules } from "./rules.ts";
import { type Spec, specSchema } from "./schema.ts";

/** A spec that holds, or every fault of the document at once. */
export type CheckedSpec =
  | { readonly spec: Spec; readonly faults: readonly [] }
  | { readonly faults: readonly Fault[] };

/** Checks a document by the schema and by the rules between fields. */
export function checkSpec(input: unknown): CheckedSpec {
  const parsed = specSchema.safeParse(input);
  if (parsed.success) {
    const faults = checkRules(parsed.data);
    return faults.length === 0 ? { spec: parsed.data, faults: [] } : { faults };
  }
  const faults = describeIssues(specSchema, input, parsed.error.issues);
  return { faults: [...faults, ...checkTheRest(input, faults)] };
}

// Rules need a spec that passed the schema, yet a person wants their faults in the same list: so they look at the
// document without what the schema refused.
function checkTheRest(input: unknown, faults: readonly Fault[]): Fault[] {
  if (typeof input !== "object" || input === null || Array.isArray(input)) return [];
  const rest = copy(input);
  if (rest === undefined) return [];
  for (const fault of faults) remove(rest, fault.path);
  const name = valueAt(rest, ["name"]) ?? "unnamed";
  const windows = valueAt(rest, ["windows"]) ?? {};
  const release = valueAt(windows, ["release"]);
  const parsed = specSchema.safeParse({
    ...rest,
    name,
    windows: { ...windows, release: release ?? releaseIds[0] },
  });
  if (!parsed.success) return [];
  return release === undefined ? checkFieldRules(parsed.data) : checkRules(parsed.data);
}

// A spec in TypeScript can hold functions, which have no copy.
function copy<T>(document: T): T | undefined {
  try {
    return structuredClone(document);
  } catch {
    return undefined;
  }
}

function remove(document: object, path: readonly PropertyKey[]): void {
  let holder: object = document;
  for (const key of path.slice(0, -1)) {
    const next: unknown = Reflect.get(holder, key);
    if (typeof next !== "object" || next === null) return;
    // A list loses all its items: without one of them the others would move.
    if (Array.isArray(next)) {
      Reflect.deleteProperty(holder, key);
      return;
    }
    holder = next;
  }
  const last = path.at(-1);
  if (last !== undefined) Reflect.deleteProperty(holder, last);
}
