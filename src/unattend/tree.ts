/** The configuration passes, in the order in which casement prints them; a media install goes through the four that casement fills itself. */
export const passes = [
  "windowsPE",
  "offlineServicing",
  "generalize",
  "specialize",
  "auditSystem",
  "auditUser",
  "oobeSystem",
] as const;
export type Pass = (typeof passes)[number];

/** One component of one pass; its settings are printed in the order given. */
export interface Component {
  readonly pass: Pass;
  /** Such as `Microsoft-Windows-Setup`. */
  readonly name: string;
  readonly settings: readonly Setting[];
}

export type Setting =
  | { readonly kind: "value"; readonly name: string; readonly value: string | number | boolean }
  | { readonly kind: "group"; readonly name: string; readonly settings: readonly Setting[] }
  /** An item of a list, printed with wcm:action="add", and with wcm:keyValue where the list's items have a key. */
  | {
      readonly kind: "item";
      readonly name: string;
      readonly key: string | null;
      readonly settings: readonly Setting[];
    }
  /** An item that is one value under a key, printed with wcm:keyValue. */
  | { readonly kind: "keyed"; readonly name: string; readonly key: string; readonly value: string };

/** `<NAME>value</NAME>`. */
export function value(name: string, content: string | number | boolean): Setting {
  return { kind: "value", name, value: content };
}

/** `<NAME>` around other settings. */
export function group(name: string, ...settings: readonly Setting[]): Setting {
  return { kind: "group", name, settings };
}

/** `<NAME wcm:action="add">` around other settings. */
export function item(name: string, ...settings: readonly Setting[]): Setting {
  return { kind: "item", name, key: null, settings };
}

/** `<NAME wcm:action="add" wcm:keyValue="KEY">` around other settings. */
export function keyedItem(name: string, key: string, ...settings: readonly Setting[]): Setting {
  return { kind: "item", name, key, settings };
}

/** `<NAME wcm:action="add" wcm:keyValue="KEY">value</NAME>`. */
export function keyed(name: string, key: string, content: string): Setting {
  return { kind: "keyed", name, key, value: content };
}
