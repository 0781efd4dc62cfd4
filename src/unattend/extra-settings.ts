import { isOrdered, withOrder } from "./extra-settings-order.ts";
import { findOwner, isWhole } from "./extra-settings-owners.ts";
import { isList, isMapping, type Mapping } from "./extra-value.ts";
import type { ExtraSetting, ExtraValue } from "./settings.ts";
import { type Component, group, type Setting } from "./tree.ts";

/** A fault of one of a spec's extra settings; `at` are the keys below it, such as `["value", "OOBE", 0]`. */
export interface ExtraFault {
  readonly index: number;
  readonly at: readonly (string | number)[];
  readonly message: string;
  readonly hint?: string;
}

/** Extra settings that say what casement, or another of them, says already; all conflicts at once. */
export class ExtraSettingsConflict extends Error {
  override readonly name = "ExtraSettingsConflict";
  readonly faults: readonly ExtraFault[];

  constructor(faults: readonly ExtraFault[]) {
    super(faults.map(({ index, message }) => `extraSettings[${index}]: ${message}`).join("; "));
    this.faults = faults;
  }
}

/**
 * The components with the settings that the spec adds to them, after casement's own and in the order in which they were
 * given; names compare without case. Takes what checkExtraSettings gives, and does not need the reference: a list stands
 * for list items, a mapping for a group, and `keyValue` for the item's key. Items get the next free Order where they
 * have none. Throws ExtraSettingsConflict.
 */
export function mergeExtraSettings(
  components: readonly Component[],
  extras: readonly ExtraSetting[],
): Component[] {
  const work: Work = { faults: [], places: new Map() };
  const merged = [...components];
  for (const [index, extra] of extras.entries()) {
    const found = merged.findIndex(({ pass, name }) => pass === extra.pass && same(name, extra.component));
    const component = merged[found] ?? { pass: extra.pass, name: extra.component, settings: [] };
    const start = { index, at: ["value"], path: component.name };
    const settings = addBelow(component.settings, extra.path.split("/"), extra.value, start, work);
    merged.splice(found === -1 ? merged.length : found, 1, { ...component, settings });
  }
  if (work.faults.length > 0) throw new ExtraSettingsConflict(work.faults);
  return merged;
}

/** Where in the spec a setting comes from, and where it goes. */
interface Place {
  readonly index: number;
  readonly at: readonly (string | number)[];
  /** The component and the settings above, such as `Microsoft-Windows-Shell-Setup/OOBE`. */
  readonly path: string;
}

interface Work {
  readonly faults: ExtraFault[];
  /** Of the settings that extras made; casement's own are not in it. */
  readonly places: Map<Setting, Place>;
}

type Settings = readonly Setting[];

function addBelow(
  settings: Settings,
  path: readonly string[],
  value: ExtraValue,
  place: Place,
  work: Work,
): Settings {
  const [name = "", ...rest] = path;
  if (rest.length === 0) return add(settings, name, value, place, work);
  return addGroup(settings, name, place, work, (inner, below) => addBelow(inner, rest, value, below, work));
}

function add(settings: Settings, name: string, value: ExtraValue, place: Place, work: Work): Settings {
  if (isList(value)) {
    return value.reduce<Settings>(
      (list, item, number) => addItem(list, name, item, { ...place, at: [...place.at, number] }, work),
      settings,
    );
  }
  if (isMapping(value)) {
    return addGroup(settings, name, place, work, (inner, below) => addEach(inner, value, below, work));
  }
  const taken = settings.find((setting) => same(setting.name, name));
  if (taken !== undefined) return refuse(settings, taken, { ...place, path: `${place.path}/${name}` }, work);
  return [...settings, note({ kind: "value", name, value }, place, work)];
}

function addEach(settings: Settings, mapping: Mapping, place: Place, work: Work): Settings {
  return Object.entries(mapping).reduce<Settings>(
    (list, [name, value]) => add(list, name, value, { ...place, at: [...place.at, name] }, work),
    settings,
  );
}

function addGroup(
  settings: Settings,
  name: string,
  place: Place,
  work: Work,
  fill: (inner: Settings, below: Place) => Settings,
): Settings {
  const found = settings.findIndex((setting) => same(setting.name, name));
  const taken = settings[found];
  const below = { ...place, path: `${place.path}/${taken?.name ?? name}` };
  if (taken === undefined) return [...settings, note(group(name, ...fill([], below)), place, work)];
  if (taken.kind !== "group") return refuse(settings, taken, below, work);
  return settings.toSpliced(found, 1, group(taken.name, ...fill(taken.settings, below)));
}

function addItem(settings: Settings, name: string, value: ExtraValue, place: Place, work: Work): Settings {
  const siblings = settings.filter((setting) => same(setting.name, name));
  const below = { ...place, path: `${place.path}/${name}` };
  const own = siblings.find((sibling) => !work.places.has(sibling));
  if (own !== undefined && isWhole(below.path)) return refuse(settings, own, below, work);
  const made = makeItem(name, value, siblings, below, work);
  const twin = siblings.find((sibling) => identityShared(sibling, made) !== undefined);
  if (twin !== undefined) return refuse(settings, twin, below, work, identityShared(twin, made));
  const last = settings.findLastIndex((setting) => same(setting.name, name));
  return settings.toSpliced(last === -1 ? settings.length : last + 1, 0, note(made, place, work));
}

function makeItem(
  name: string,
  value: ExtraValue,
  siblings: Settings,
  place: Place,
  work: Work,
): Setting & { kind: "item" | "keyed" } {
  if (!isMapping(value)) return { kind: "keyed", name, key: nextKey(siblings), value: text(value) };
  const { keyValue, ...content } = value;
  if (keyValue !== undefined && content["value"] !== undefined) {
    return { kind: "keyed", name, key: text(keyValue), value: text(content["value"]) };
  }
  const settings = addEach([], content, place, work);
  const key = keyValue === undefined ? null : text(keyValue);
  return { kind: "item", name, key, settings: isOrdered(name) ? withOrder(settings, siblings) : settings };
}

function nextKey(siblings: Settings): string {
  const keys = siblings.map((sibling) => ("key" in sibling ? Number(sibling.key) : 0));
  return String(Math.max(0, ...keys.filter(Number.isInteger)) + 1);
}

// What tells an item from the others of its list.
const identities = ["Order", "PartitionID", "DiskID", "Name", "Identifier", "Domain", "SID", "Key"];

/** Such as `Order 3`, where both items have that. */
function identityShared(left: Setting, right: Setting): string | undefined {
  if ("key" in left && "key" in right && left.key !== null && left.key === right.key) {
    return `keyValue ${JSON.stringify(left.key)}`;
  }
  const name = identities.find((candidate) => {
    const value = plain(left, candidate);
    return value !== undefined && same(value, plain(right, candidate) ?? "");
  });
  return name === undefined ? undefined : `${name} ${JSON.stringify(plain(left, name))}`;
}

function plain(setting: Setting, name: string): string | undefined {
  if (!("settings" in setting)) return undefined;
  const found = setting.settings.find((inner) => same(inner.name, name));
  return found?.kind === "value" ? String(found.value) : undefined;
}

function refuse(settings: Settings, taken: Setting, place: Place, work: Work, identity?: string): Settings {
  const { index, at, path } = place;
  const other = work.places.get(taken);
  const what = identity === undefined ? path : `the item with ${identity} of ${path}`;
  if (other !== undefined) {
    work.faults.push({ index, at, message: `windows.extraSettings[${other.index}] sets ${what} already` });
    return settings;
  }
  const shown = taken.kind === "value" ? `, to ${shorten(String(taken.value))}` : "";
  const owner = findOwner(path);
  work.faults.push({
    index,
    at,
    message: `casement sets ${what} itself${shown}`,
    hint: owner === undefined ? "Leave it out: casement needs it so." : `Use ${owner} instead.`,
  });
  return settings;
}

function note<Made extends Setting>(setting: Made, place: Place, work: Work): Made {
  work.places.set(setting, place);
  return setting;
}

function text(value: ExtraValue): string {
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}

function same(left: string, right: string): boolean {
  return left.toLowerCase() === right.toLowerCase();
}

function shorten(text: string): string {
  return JSON.stringify(text.length > 60 ? `${text.slice(0, 57)}...` : text);
}
