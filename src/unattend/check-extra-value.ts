import { nearest } from "../text/nearest.ts";
import { UnrepresentableError } from "../text/unrepresentable.ts";
import { escapeXml } from "../text/xml.ts";
import { checkValue } from "./check-value.ts";
import { isList, isMapping } from "./extra-value.ts";
import type { ExtraFault } from "./extra-settings.ts";
import type { ComponentReference, SettingReference } from "./reference.ts";
import type { ExtraValue } from "./settings.ts";

/** A setting of the reference and the passes that it has to be valid in (one of them is enough). */
export interface ExtraScope {
  readonly component: ComponentReference;
  readonly path: string;
  readonly passes: readonly string[];
}

type Fault = Omit<ExtraFault, "index">;
type At = readonly (string | number)[];

/** The value in the reference's spelling and order (undefined where it has faults), and what is wrong with it. */
export function checkExtraValue(
  value: ExtraValue,
  scope: ExtraScope,
): { readonly value: ExtraValue | undefined; readonly faults: readonly Fault[] } {
  const faults: Fault[] = [];
  const checked = check(value, scope, ["value"], faults);
  return { value: faults.length === 0 ? checked : undefined, faults };
}

function check(value: ExtraValue, scope: ExtraScope, at: At, faults: Fault[]): ExtraValue {
  const setting = scope.component.find(scope.path)?.setting;
  if (setting === undefined) return value;
  const passes = setting.passes ?? scope.component.passes;
  if (!passes.some((pass) => scope.passes.includes(pass))) {
    const message = `${scope.path} is not valid in pass ${scope.passes.join(", ")}; allowed: ${passes.join(", ")}`;
    faults.push({ at: at.length === 1 ? ["pass"] : at, message });
  }
  if (setting.listItem === true) return checkList(value, scope, setting, at, faults);
  if (setting.type === "container") return checkGroup(value, scope, setting, at, faults);
  return checkPlain(value, scope, setting, at, faults);
}

function checkList(
  value: ExtraValue,
  scope: ExtraScope,
  setting: SettingReference,
  at: At,
  faults: Fault[],
): ExtraValue {
  if (!isList(value)) {
    const items = setting.type === "container" ? "mappings" : "values";
    faults.push({
      at,
      message: `${scope.path} is a list; it has to be a list of ${items}, got ${show(value)}`,
    });
    return value;
  }
  if (value.length === 0) faults.push({ at, message: "a list without items; leave it out" });
  const items = value.map((item, number) => checkItem(item, scope, setting, [...at, number], faults));
  const keys = items.map((item) => (isMapping(item) ? item["keyValue"] : undefined));
  for (const [number, key] of keys.entries()) {
    if (key === undefined || keys.indexOf(key) === number) continue;
    const message = `another item of the list has this key, got ${show(key)}`;
    faults.push({ at: [...at, number, "keyValue"], message });
  }
  return items;
}

function checkItem(
  value: ExtraValue,
  scope: ExtraScope,
  setting: SettingReference,
  at: At,
  faults: Fault[],
): ExtraValue {
  if (setting.keyValue !== true) return checkGroup(value, scope, setting, at, faults);
  const [key, rest] = takeKey(value, at, faults);
  if (setting.type === "container") {
    if (key === undefined && isMapping(value)) {
      const message = `${scope.path} needs keyValue, a name that no other item of the list has`;
      faults.push({ at: [...at, "keyValue"], message });
    }
    const content = checkGroup(rest, scope, setting, at, faults);
    return isMapping(content) && key !== undefined ? { keyValue: key, ...content } : content;
  }
  if (!isMapping(rest)) return checkPlain(rest, scope, setting, at, faults);
  const content = rest["value"];
  if (key === undefined || content === undefined || Object.keys(rest).length > 1) {
    const message = `an item of ${scope.path} is a value, or a mapping of keyValue and value, got ${show(value)}`;
    faults.push({ at, message });
    return value;
  }
  return { keyValue: key, value: checkPlain(content, scope, setting, [...at, "value"], faults) };
}

function takeKey(value: ExtraValue, at: At, faults: Fault[]): [string | undefined, ExtraValue] {
  if (!isMapping(value)) return [undefined, value];
  const name = Object.keys(value).find((candidate) => candidate.toLowerCase() === "keyvalue");
  if (name === undefined) return [undefined, value];
  const { [name]: key = "", ...rest } = value;
  const text = typeof key === "object" ? "" : String(key);
  if (text === "") faults.push({ at: [...at, name], message: `has to be text, got ${show(key)}` });
  return [text, rest];
}

function checkGroup(
  value: ExtraValue,
  scope: ExtraScope,
  setting: SettingReference,
  at: At,
  faults: Fault[],
): ExtraValue {
  const known = scope.component.namesBelow(scope.path);
  if (!isMapping(value)) {
    const message = `${scope.path} is a group of settings; it has to be a mapping, got ${show(value)}`;
    faults.push({ at, message, hint: `Settings in it: ${known.slice(0, 20).join(", ")}` });
    return value;
  }
  const names = Object.keys(value);
  if (names.length === 0) faults.push({ at, message: "a group without settings; leave it out" });
  const content = new Map<string, ExtraValue>();
  for (const name of names) {
    const below = [...at, name];
    const found = known.find((candidate) => candidate.toLowerCase() === name.toLowerCase());
    if (found === undefined) faults.push(unknown(name, scope.path, known, below));
    else if (content.has(found))
      faults.push({ at: below, message: `stands there twice, got ${show(names)}` });
    else
      content.set(
        found,
        check(value[name] ?? "", { ...scope, path: `${scope.path}/${found}` }, below, faults),
      );
  }
  return Object.fromEntries(inOrder([...content], setting.childOrder ?? []));
}

function unknown(name: string, path: string, known: readonly string[], at: At): Fault {
  const near = nearest(name, known);
  const hint =
    near === undefined ? `Settings in it: ${known.slice(0, 20).join(", ")}` : `Did you mean ${near}?`;
  return { at, message: `is not a setting of ${path} in Microsoft's reference, got ${show(name)}`, hint };
}

// The few children that have a documented order come in that, the others as they were given.
function inOrder(
  content: readonly (readonly [string, ExtraValue])[],
  wanted: readonly string[],
): readonly (readonly [string, ExtraValue])[] {
  const rank = (name: string): number => (wanted.includes(name) ? wanted.indexOf(name) : wanted.length);
  return content.toSorted(([left], [right]) => rank(left) - rank(right));
}

function checkPlain(
  value: ExtraValue,
  scope: ExtraScope,
  setting: SettingReference,
  at: At,
  faults: Fault[],
): ExtraValue {
  if (typeof value === "object") {
    const kind = setting.type === "string" ? "text" : `of type ${setting.type}`;
    faults.push({ at, message: `${scope.path} is a plain value; it has to be ${kind}, got ${show(value)}` });
    return value;
  }
  const text = String(value);
  const element = { name: "", attributes: {}, children: [], text };
  const path = `${scope.component.name}/${scope.path}`;
  faults.push(...checkValue(element, path, setting).map(({ message }) => ({ at, message })));
  try {
    escapeXml(text);
  } catch (error) {
    if (!(error instanceof UnrepresentableError)) throw error;
    faults.push({ at, message: error.message });
  }
  const spelled = setting.type === "enum" ? setting.values?.find((known) => same(known, text)) : undefined;
  return spelled ?? value;
}

function same(left: string, right: string): boolean {
  return left.toLowerCase() === right.toLowerCase();
}

function show(value: unknown): string {
  const text = JSON.stringify(value);
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}
