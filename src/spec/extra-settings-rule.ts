import { findRelease } from "../catalogue/releases.ts";
import type { ExtraFault } from "../unattend/extra-settings.ts";
import type { ExtraSetting } from "../unattend/settings.ts";
import { type Fault, valueAt } from "./issues.ts";
import { windowsSchema } from "./windows-schema.ts";

/** Extra settings as they go on, in the reference's spelling, or what is wrong with those that the schema took. */
export type CheckedExtras =
  | { readonly extras: readonly ExtraSetting[]; readonly faults: readonly [] }
  | { readonly faults: readonly Fault[] };

/**
 * Checks `windows.extraSettings` of a document, whatever else is wrong with it. Microsoft's reference is large and most
 * specs have no extra settings, so it is loaded only then.
 */
export async function checkExtras(input: unknown): Promise<CheckedExtras> {
  const items = itemsOf(input);
  if (items.length === 0) return { extras: [], faults: [] };
  // A rule of its own refuses them all for XP, which has no such file.
  if (findRelease(String(valueAt(input, ["windows", "release"])))?.family === "xp") {
    return { extras: [], faults: [] };
  }
  const taken = items.flatMap((item, index) => {
    const parsed = extraSchema.safeParse(item);
    return parsed.success ? [{ index, extra: parsed.data }] : [];
  });
  const { checkExtraSettings } = await import("../unattend/check-extra-settings.ts");
  const checked = checkExtraSettings(taken.map(({ extra }) => extra));
  if ("extras" in checked) return checked;
  return {
    faults: checked.faults.map((fault) => toFault({ ...fault, index: taken[fault.index]?.index ?? 0 })),
  };
}

/** A fault of an extra setting with its place in the spec. */
export function toFault({ index, at, ...rest }: ExtraFault): Fault {
  return { path: ["windows", "extraSettings", index, ...at], ...rest };
}

const extraSchema = windowsSchema.shape.extraSettings.unwrap().element;

function itemsOf(input: unknown): readonly unknown[] {
  const items = valueAt(input, ["windows", "extraSettings"]);
  return Array.isArray(items) ? items : [];
}
