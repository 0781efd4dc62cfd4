import { isDeepStrictEqual } from "node:util";
import type { PlanInputs } from "../plan/plan.ts";
import type { Fault } from "../spec/issues.ts";
import { showPath } from "../spec/show.ts";
import { candidatesFor } from "./candidates.ts";
import { type Path, withValue } from "./document.ts";
import { type Settled, settle } from "./settle.ts";
import { schemaAt } from "./targets.ts";

/** Tries the ways out of a fault that it names by their fields, and then another release; gives it back where none leads out. */
export async function follow(
  document: unknown,
  fault: Fault,
  { changed, inputs }: { readonly changed: Path; readonly inputs: PlanInputs },
): Promise<Settled> {
  for (const path of [...fieldsNamedIn(`${fault.message} ${fault.hint ?? ""}`), ["windows", "release"]]) {
    const schema = schemaAt(path);
    if (schema === undefined || isDeepStrictEqual(path, changed)) continue;
    // Of releases the newest first: the oldest have other files.
    for (const value of candidatesFor({ path, schema, written: undefined }).values.toReversed()) {
      const settled = await settle(withValue(document, path, value), [changed, path], inputs);
      if ("plan" in settled) return { ...settled, together: [showPath(path), ...settled.together] };
    }
  }
  return { fault };
}

function fieldsNamedIn(text: string): Path[] {
  const words = text.match(/\b[a-z]+(\.[a-z]+)+\b/gi) ?? [];
  return words.map((word) => word.split("."));
}
