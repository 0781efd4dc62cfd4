import assert from "node:assert/strict";
import { test } from "node:test";
import { checkExtraSettings } from "../../src/unattend/check-extra-settings.ts";
import { checkSettings } from "../../src/unattend/check-settings.ts";
import { mergeExtraSettings } from "../../src/unattend/extra-settings.ts";
import {
  type ComponentReference,
  componentNames,
  findComponent,
  type SettingReference,
} from "../../src/unattend/reference.ts";
import type { ExtraValue } from "../../src/unattend/settings.ts";
import { toDocument } from "../../src/unattend/to-document.ts";
import { passes } from "../../src/unattend/tree.ts";
import { extra } from "./extras.ts";

test("every setting of the reference can be an extra setting, in every pass that it is valid in", () => {
  let cases = 0;
  for (const name of componentNames()) {
    const component = findComponent(name);
    assert.ok(component !== undefined);
    for (const path of component.paths) {
      const setting: SettingReference | undefined = component.find(path)?.setting;
      // What is in the items of a list comes with the list.
      if (setting === undefined || listAbove(component, path)) continue;
      for (const pass of passes.filter((known) => (setting.passes ?? component.passes).includes(known))) {
        const subject = extra(name, pass, path, sample(component, path, pass));
        const checked = checkExtraSettings([subject]);
        assert.ok("extras" in checked, `${pass}/${name}/${path}: ${JSON.stringify(checked.faults)}`);
        const document = toDocument("amd64", mergeExtraSettings([], checked.extras));
        const element = document.children[0]?.children[0];
        assert.ok(element !== undefined);
        assert.deepEqual(checkSettings(element, { component, pass, path: name }), []);
        cases += 1;
      }
    }
  }
  assert.ok(cases > 1400, String(cases));
});

function listAbove(component: ComponentReference, path: string): boolean {
  const names = path.split("/");
  return names
    .slice(0, -1)
    .some((_, index) => component.find(names.slice(0, index + 1).join("/"))?.setting.listItem === true);
}

/** A value that the setting takes; of groups everything that is valid in the pass. */
function sample(component: ComponentReference, path: string, pass: string): ExtraValue {
  const setting = component.find(path)?.setting;
  assert.ok(setting !== undefined, path);
  if (setting.type !== "container") {
    const value = samplePlain(path, setting.type, setting.values ?? [], setting.min);
    return setting.listItem === true ? [value, { keyValue: "other", value }] : value;
  }
  const content = Object.fromEntries(
    component
      .namesBelow(path)
      .filter((name) => {
        const inner = component.find(`${path}/${name}`)?.setting;
        return (inner?.passes ?? component.passes).includes(pass);
      })
      .map((name) => [name, sample(component, `${path}/${name}`, pass)]),
  );
  if (setting.listItem !== true) return content;
  return [setting.keyValue === true ? { keyValue: "one", ...content } : content];
}

const forms: readonly (readonly [path: RegExp, value: string])[] = [
  [/ComputerName$/, "PC"],
  [/TimeZone$/, "UTC"],
  [/(UILanguage|SystemLocale|UserLocale|InputLocale)$/, "en-US"],
  [/ProductKey(\/Key)?$/, "ABCDE-FGHIJ-KLMNP-QRSTU-VWXYZ"],
  [/MetaData\/Key$/, "/IMAGE/INDEX"],
  [/UnicastIpAddresses\/IpAddress$/, "10.0.0.1/8"],
  [/ModifyPartition\/Letter$/, "E"],
  [/ModifyPartition\/TypeID$/, "0x27"],
];

function samplePlain(path: string, type: string, values: readonly string[], min = 1): ExtraValue {
  if (type === "boolean") return true;
  if (type === "integer") return min;
  // The first of WillShowUI's is the one that shows the page.
  if (type === "enum") return values.at(-1) ?? "";
  return forms.find(([form]) => form.test(path))?.[1] ?? "example";
}
