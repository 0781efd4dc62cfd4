import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, test } from "node:test";
import { passes } from "../../src/unattend/tree.ts";
import { componentNames, findComponent, type SettingReference } from "../../src/unattend/reference.ts";

const settings = componentNames().flatMap((name) => {
  const component = findComponent(name);
  assert.ok(component !== undefined);
  return component.paths.map((path) => {
    const setting = component.find(path)?.setting;
    assert.ok(setting !== undefined);
    return { component, path, setting, place: `${name}/${path}` };
  });
});

describe("reference.json", () => {
  test("has every component and setting once, whatever the case", () => {
    const names = componentNames().map((name) => name.toLowerCase());
    assert.equal(new Set(names).size, names.length);
    assert.ok(names.length > 80 && settings.length > 1000);
    const places = settings.map(({ place }) => place.toLowerCase());
    assert.equal(new Set(places).size, places.length);
  });

  test("names known passes, types and families only", () => {
    const known = new Set<string>(passes);
    for (const { component, setting, place } of settings) {
      for (const pass of [...component.passes, ...(setting.passes ?? [])]) assert.ok(known.has(pass), place);
      assert.match(setting.type, /^(string|boolean|integer|enum|container)$/, place);
      if (setting.since !== undefined) assert.match(setting.since, /^(8\.1|10)$/, place);
    }
  });

  test("gives each type what belongs to it, and nothing else", () => {
    for (const { setting, place } of settings) {
      assert.equal(setting.type === "enum", (setting.values ?? []).length > 0, place);
      if (setting.min !== undefined) assert.equal(setting.type, "integer", place);
      if (setting.keyValue === true) assert.equal(setting.listItem, true, place);
    }
  });

  test("holds every setting in a group that it knows, and the documented order of settings that it knows", () => {
    for (const { component, path, setting, place } of settings) {
      const above: SettingReference | undefined = component.find(dirname(path))?.setting;
      assert.ok(!path.includes("/") || above?.type === "container", place);
      const below = component.namesBelow(path);
      assert.equal(setting.type === "container", below.length > 0, place);
      for (const name of setting.childOrder ?? []) assert.ok(below.includes(name), `${place}: ${name}`);
    }
  });

  test("is loaded by neither plan nor generate, unless a spec has extra settings", () => {
    const loaded = new Set<string>();
    const visit = (file: string): void => {
      if (loaded.has(file)) return;
      loaded.add(file);
      const text = readFileSync(file, "utf8");
      // Imports of types are stripped; those in functions wait until they are called.
      for (const [, specifier = ""] of text.matchAll(
        /^(?:import|export) (?!type )[^;"]* from "(\.[^"]+)"/gm,
      )) {
        if (specifier.endsWith(".ts")) visit(join(dirname(file), specifier));
        else loaded.add(join(dirname(file), specifier));
      }
    };
    const root = join(import.meta.dirname, "../..");
    for (const command of ["generate", "plan"]) visit(join(root, `src/cli/commands/${command}.ts`));
    const names = [...loaded].map((file) => file.slice(root.length + 1));
    assert.ok(names.includes("src/unattend/answer-file.ts") && names.includes("src/spec/windows-schema.ts"));
    const heavy = names.filter((name) => /unattend\/(reference|validate|check-|parse-xml)/.test(name));
    assert.deepEqual(heavy, []);
  });
});
