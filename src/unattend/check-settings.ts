import type { Issue } from "../errors.ts";
import { checkValue } from "./check-value.ts";
import { nearest } from "../text/nearest.ts";
import type { ComponentReference, SettingReference } from "./reference.ts";
import type { XmlElement } from "./xml-element.ts";

/** Where the walk is: the component's reference, the pass, and the path for messages. */
export interface SettingScope {
  readonly component: ComponentReference;
  readonly pass: string;
  readonly path: string;
}

/** Checks every setting in a component against the reference: name, pass, value, list rules, order. */
export function checkSettings(component: XmlElement, scope: SettingScope): Issue[] {
  return checkChildren(component, "", undefined, scope);
}

function checkChildren(
  parent: XmlElement,
  parentPath: string,
  reference: SettingReference | undefined,
  scope: SettingScope,
): Issue[] {
  const issues: Issue[] = [];
  if (parent.text.trim() !== "") {
    issues.push({
      path: where(scope, parentPath),
      message: `text beside settings, got ${JSON.stringify(parent.text.trim())}`,
    });
  }
  for (const child of parent.children) issues.push(...checkSetting(child, parentPath, scope));
  return [
    ...issues,
    ...checkRepeats(parent, parentPath, scope),
    ...checkKeys(parent, parentPath, scope),
    ...checkOrderNumbers(parent, parentPath, scope),
    ...checkChildOrder(parent, parentPath, reference?.childOrder, scope),
  ];
}

function checkSetting(element: XmlElement, parentPath: string, scope: SettingScope): Issue[] {
  const path = join(parentPath, element.name);
  const found = scope.component.find(path);
  if (found === undefined) {
    const near = nearest(element.name, scope.component.namesBelow(parentPath));
    return [
      {
        path: where(scope, path),
        message: `not a known setting, got ${JSON.stringify(element.name)}`,
        ...(near === undefined ? {} : { hint: `Did you mean ${near}?` }),
      },
    ];
  }
  const { setting } = found;
  const passes = setting.passes ?? scope.component.passes;
  const issues = checkListMarks(element, where(scope, path), setting);
  if (!passes.includes(scope.pass)) {
    issues.push({
      path: where(scope, path),
      message: `the setting is not valid in pass ${scope.pass}; allowed: ${passes.join(", ")}`,
    });
  }
  if (setting.type === "container") return [...issues, ...checkContainer(element, path, setting, scope)];
  const child = element.children[0];
  if (child !== undefined) {
    issues.push({ path: where(scope, join(path, child.name)), message: "a setting inside a plain value" });
  }
  return [...issues, ...checkValue(element, where(scope, path), setting)];
}

function checkContainer(
  element: XmlElement,
  path: string,
  setting: SettingReference,
  scope: SettingScope,
): Issue[] {
  if (element.children.length === 0) {
    return [{ path: where(scope, path), message: "an empty element; leave it out" }];
  }
  return checkChildren(element, path, setting, scope);
}

function checkListMarks(element: XmlElement, path: string, setting: SettingReference): Issue[] {
  const action = element.attributes["wcm:action"];
  const key = element.attributes["wcm:keyValue"];
  const issues: Issue[] = [];
  if (setting.listItem === true && action === undefined) {
    issues.push({ path, message: 'an item of a list without wcm:action="add"' });
  }
  if (setting.listItem === true && action !== undefined && !["add", "modify", "remove"].includes(action)) {
    issues.push({
      path,
      message: `wcm:action has to be add, modify or remove, got ${JSON.stringify(action)}`,
    });
  }
  if (setting.listItem !== true && action !== undefined) {
    issues.push({ path, message: "wcm:action on a setting that is not an item of a list" });
  }
  if (setting.keyValue === true && (key === undefined || key === "")) {
    issues.push({ path, message: "an item with a key without wcm:keyValue" });
  }
  if (setting.keyValue !== true && key !== undefined) {
    issues.push({ path, message: "wcm:keyValue on a setting that has no key" });
  }
  return issues;
}

function checkRepeats(parent: XmlElement, parentPath: string, scope: SettingScope): Issue[] {
  return groupByName(parent).flatMap(({ name, elements }) => {
    const setting = scope.component.find(join(parentPath, name))?.setting;
    if (elements.length < 2 || setting === undefined || setting.listItem === true) return [];
    if (setting.keyValue === true) return [];
    return [
      {
        path: where(scope, join(parentPath, name)),
        message: `stands ${elements.length} times; only one may`,
      },
    ];
  });
}

function checkKeys(parent: XmlElement, parentPath: string, scope: SettingScope): Issue[] {
  return groupByName(parent).flatMap(({ name, elements }) => {
    const keys = elements.map((element) => element.attributes["wcm:keyValue"]);
    return keys
      .filter((key, index) => key !== undefined && keys.indexOf(key) < index)
      .map((key) => ({
        path: where(scope, join(parentPath, name)),
        message: `wcm:keyValue ${JSON.stringify(key)} stands twice in the list`,
      }));
  });
}

// Partitions and commands are taken in the order of these numbers, not of the file.
function checkOrderNumbers(parent: XmlElement, parentPath: string, scope: SettingScope): Issue[] {
  return groupByName(parent).flatMap(({ name, elements }) => {
    const path = join(parentPath, name);
    const setting = scope.component.find(path)?.setting;
    if (setting?.listItem !== true || scope.component.find(`${path}/Order`) === undefined) return [];
    const orders = elements.map(
      (element) => element.children.find((child) => child.name.toLowerCase() === "order")?.text,
    );
    const wanted = elements.map((_, index) => String(index + 1));
    if (wanted.every((order) => orders.includes(order))) return [];
    return [
      {
        path: where(scope, path),
        message: `Order has to run from 1 to ${elements.length} without gaps, got ${orders.map((order) => order ?? "nothing").join(", ")}`,
      },
    ];
  });
}

function checkChildOrder(
  parent: XmlElement,
  parentPath: string,
  wanted: readonly string[] | undefined,
  scope: SettingScope,
): Issue[] {
  if (wanted === undefined) return [];
  const given = parent.children.map((child) => child.name).filter((name) => wanted.includes(name));
  const sorted = given.toSorted((a, b) => wanted.indexOf(a) - wanted.indexOf(b));
  if (given.every((name, index) => name === sorted[index])) return [];
  return [
    {
      path: where(scope, parentPath),
      message: `children have to stand in the order ${wanted.join(", ")}, got ${given.join(", ")}`,
    },
  ];
}

function groupByName(parent: XmlElement): { readonly name: string; readonly elements: XmlElement[] }[] {
  const groups = Map.groupBy(parent.children, (child) => child.name.toLowerCase());
  return [...groups].map(([name, elements]) => ({ name: elements[0]?.name ?? name, elements }));
}

function join(parentPath: string, name: string): string {
  return parentPath === "" ? name : `${parentPath}/${name}`;
}

function where(scope: SettingScope, path: string): string {
  return path === "" ? scope.path : `${scope.path}/${path}`;
}
