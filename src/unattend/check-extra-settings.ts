import { nearest } from "../text/nearest.ts";
import { checkExtraValue } from "./check-extra-value.ts";
import type { ExtraFault } from "./extra-settings.ts";
import { type ComponentReference, componentNames, findComponent } from "./reference.ts";
import type { ExtraSetting } from "./settings.ts";

/** Extra settings in the reference's spelling and order, or every fault of them at once. */
export type CheckedExtras =
  | { readonly extras: readonly ExtraSetting[]; readonly faults: readonly [] }
  | { readonly faults: readonly ExtraFault[] };

/** Checks a spec's extra settings against the reference: names, passes, types, values, lists. Names compare without case. */
export function checkExtraSettings(extras: readonly ExtraSetting[]): CheckedExtras {
  const checked = extras.map(checkExtra);
  const faults = checked.flatMap((result, index) => result.faults.map((fault) => ({ ...fault, index })));
  if (faults.length > 0) return { faults };
  return { extras: checked.flatMap(({ extra }) => (extra === undefined ? [] : [extra])), faults: [] };
}

type Fault = Omit<ExtraFault, "index">;

interface Checked {
  readonly faults: readonly Fault[];
  /** Undefined where there are faults. */
  readonly extra?: ExtraSetting;
}

function checkExtra(extra: ExtraSetting): Checked {
  const component = findComponent(extra.component);
  if (component === undefined) return { faults: [unknownComponent(extra.component)] };
  const wrongPass = checkPass(component, extra);
  const path = findPath(component, extra.path);
  if ("message" in path) return { faults: [...wrongPass, path] };
  // A component that is in the wrong pass has no setting that is in the right one.
  const passes = wrongPass.length > 0 ? component.passes : [extra.pass];
  const { value, faults } = checkExtraValue(extra.value, { component, path: path.known, passes });
  if (wrongPass.length + faults.length > 0 || value === undefined)
    return { faults: [...wrongPass, ...faults] };
  return { faults: [], extra: { component: component.name, pass: extra.pass, path: path.known, value } };
}

function unknownComponent(name: string): Fault {
  const near = nearest(name, componentNames());
  return {
    at: ["component"],
    message: `is not a component that Microsoft's reference knows, got ${JSON.stringify(name)}`,
    ...(near === undefined ? {} : { hint: `Did you mean ${near}?` }),
  };
}

function checkPass(component: ComponentReference, { pass }: ExtraSetting): Fault[] {
  if (component.passes.includes(pass)) return [];
  const allowed = component.passes.join(", ");
  return [
    { at: ["pass"], message: `${component.name} is not valid in it, got "${pass}"; allowed: ${allowed}` },
  ];
}

/** The path in the reference's spelling, or what is wrong with it. */
function findPath(component: ComponentReference, wanted: string): { readonly known: string } | Fault {
  const at = ["path"];
  let known = "";
  for (const name of wanted.split("/")) {
    const above = component.find(known)?.setting;
    if (above?.listItem === true) {
      const message = `goes into the items of the list ${known}, got "${wanted}"`;
      return { at, message, hint: `Set ${known} to a list, each item of it a mapping.` };
    }
    if (above !== undefined && above.type !== "container") {
      return { at, message: `goes below ${known}, which is a plain value, got "${wanted}"` };
    }
    const found = component.find(known === "" ? name : `${known}/${name}`);
    if (found === undefined) return unknownSetting(component, wanted, known, name);
    known = found.path;
  }
  return { known };
}

function unknownSetting(component: ComponentReference, wanted: string, above: string, name: string): Fault {
  const near = nearest(name, component.namesBelow(above));
  const place = above === "" ? component.name : `${component.name}/${above}`;
  return {
    at: ["path"],
    message: `${JSON.stringify(name)} is not a setting of ${place} in Microsoft's reference, got ${JSON.stringify(wanted)}`,
    ...(near === undefined ? {} : { hint: `Did you mean ${above === "" ? near : `${above}/${near}`}?` }),
  };
}
