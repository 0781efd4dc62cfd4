import type { Family } from "../catalogue/release.ts";
import type { Issue } from "../errors.ts";
import { isFrom } from "./answer-target.ts";
import { checkLists } from "./check-lists.ts";
import { checkValue } from "./check-value.ts";
import { nearest } from "../text/nearest.ts";
import type { ComponentReference, SettingReference } from "./reference.ts";
import type { XmlElement } from "./xml-element.ts";

/** Where the walk is: the component's reference, the pass, the path for messages, and the family where it is known. */
export interface SettingScope {
  readonly component: ComponentReference;
  readonly pass: string;
  readonly path: string;
  readonly family?: Family | undefined;
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
    ...checkLists(parent, parentPath, scope),
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
  issues.push(...checkFamily(setting, where(scope, path), scope.family));
  if (setting.type === "container") return [...issues, ...checkContainer(element, path, setting, scope)];
  const child = element.children[0];
  if (child !== undefined) {
    issues.push({ path: where(scope, join(path, child.name)), message: "a setting inside a plain value" });
  }
  return [...issues, ...checkValue(element, where(scope, path), setting)];
}

// An older Setup takes a setting that it does not know for a broken file.
function checkFamily(setting: SettingReference, path: string, family: Family | undefined): Issue[] {
  const { since } = setting;
  if (family === undefined || since === undefined || isFrom(family, since)) return [];
  return [{ path, message: `new in ${familyTitles[since]}, and the file is for ${familyTitles[family]}` }];
}

const familyTitles: Readonly<Record<string, string>> = {
  xp: "Windows XP and Server 2003",
  7: "Windows 7 and Server 2008 R2",
  "8.1": "Windows 8.1 and Server 2012 R2",
  10: "Windows 10 and Servers 2016 and 2019",
  11: "Windows 11 and Servers 2022 and 2025",
};

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

function join(parentPath: string, name: string): string {
  return parentPath === "" ? name : `${parentPath}/${name}`;
}

function where(scope: SettingScope, path: string): string {
  return path === "" ? scope.path : `${scope.path}/${path}`;
}
