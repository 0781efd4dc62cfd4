import type { Component, Setting } from "./tree.ts";

/**
 * The same settings with each component once in its pass, the components in the order of their names. Settings and groups
 * keep the order in which they come first; groups of the same name become one, items of lists stay what they are.
 */
export function joinComponents(pieces: readonly Component[]): Component[] {
  const joined = new Map<string, Component>();
  for (const piece of pieces) {
    const key = `${piece.pass} ${piece.name}`;
    const settings = [...(joined.get(key)?.settings ?? []), ...piece.settings];
    joined.set(key, { pass: piece.pass, name: piece.name, settings });
  }
  return [...joined.values()]
    .map((component) => ({ ...component, settings: joinGroups(component.settings) }))
    .sort((left, right) => (left.name < right.name ? -1 : 1));
}

function joinGroups(settings: readonly Setting[]): Setting[] {
  const joined: Setting[] = [];
  for (const setting of settings) {
    const index = joined.findIndex((each) => each.kind === "group" && each.name === setting.name);
    const earlier = joined[index];
    if (setting.kind !== "group" || earlier?.kind !== "group") joined.push(setting);
    else joined[index] = { ...earlier, settings: [...earlier.settings, ...setting.settings] };
  }
  return joined.map((setting) =>
    setting.kind === "group" ? { ...setting, settings: joinGroups(setting.settings) } : setting,
  );
}
