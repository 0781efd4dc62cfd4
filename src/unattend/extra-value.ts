import type { ExtraValue } from "./settings.ts";

/** A group of settings by their names, or a list item. */
export type Mapping = Readonly<Record<string, ExtraValue>>;

/** Whether the value stands for the items of a list. */
export function isList(value: ExtraValue): value is readonly ExtraValue[] {
  return Array.isArray(value);
}

/** Whether the value stands for a group of settings, or for one list item. */
export function isMapping(value: ExtraValue): value is Mapping {
  return typeof value === "object" && !Array.isArray(value);
}
