import { type Setting, value } from "./tree.ts";

// The list items of the reference that have an Order; a test compares them, because the reference is not loaded for it.
const ordered = new Set(
  [
    "AsynchronousCommand",
    "CreatePartition",
    "DataImage",
    "ModifyPartition",
    "RegionalOverride",
    "RunAsynchronousCommand",
    "RunSynchronousCommand",
    "SynchronousCommand",
  ].map((name) => name.toLowerCase()),
);

/** Whether items of that name are taken by the numbers in their Order. */
export function isOrdered(name: string): boolean {
  return ordered.has(name.toLowerCase());
}

/** The settings of an item, with the number after the highest of its siblings where they have none. */
export function withOrder(settings: readonly Setting[], siblings: readonly Setting[]): readonly Setting[] {
  if (orderOf(settings) !== undefined) return settings;
  const taken = siblings.map((sibling) => ("settings" in sibling ? (orderOf(sibling.settings) ?? 0) : 0));
  return [value("Order", Math.max(0, ...taken) + 1), ...settings];
}

function orderOf(settings: readonly Setting[]): number | undefined {
  const found = settings.find((setting) => setting.name.toLowerCase() === "order");
  return found?.kind === "value" ? Number(found.value) : undefined;
}
