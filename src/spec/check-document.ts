import { type CheckedSpec, checkSpec } from "./check.ts";
import { checkExtras } from "./extra-settings-rule.ts";

/**
 * Checks a document by the schema, the rules between fields and, for extra settings, Microsoft's reference, in whose spelling
 * they come out. What only the plan shows is not among the faults.
 */
export async function checkDocument(document: unknown): Promise<CheckedSpec> {
  const checked = checkSpec(document);
  const extras = await checkExtras(document);
  if (!("spec" in checked && "extras" in extras)) return { faults: [...checked.faults, ...extras.faults] };
  const { spec } = checked;
  const windows = { ...spec.windows, extraSettings: [...extras.extras] };
  return { spec: { ...spec, windows }, faults: [] };
}
