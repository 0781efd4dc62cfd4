import type { Issue } from "../errors.ts";
import type { XmlElement } from "./xml-element.ts";

/** Checks namespaces and attributes: the root's, `wcm:action` and `wcm:keyValue`, and that nothing else is there. */
export function checkMarks(document: XmlElement): Issue[] {
  return [...checkNamespaces(document), ...checkAttributes(document)];
}

/** The namespace of answer files. */
export const ownNamespace = "urn:schemas-microsoft-com:unattend";

/** That of the marks of list items. */
export const wcmNamespace = "http://schemas.microsoft.com/WMIConfig/2002/State";

function checkNamespaces(document: XmlElement): Issue[] {
  const given = document.attributes["xmlns"];
  const wrong: Issue[] =
    given === ownNamespace
      ? []
      : [{ path: "unattend", message: `xmlns has to be "${ownNamespace}", got ${quote(given)}` }];
  return [...wrong, ...checkPrefixes(document, new Map(), document.name)];
}

// Once for each prefix and outermost element.
function checkPrefixes(element: XmlElement, above: ReadonlyMap<string, string>, path: string): Issue[] {
  const declared = new Map(above);
  const issues: Issue[] = [];
  for (const [name, uri] of Object.entries(element.attributes)) {
    if (!name.startsWith("xmlns:")) continue;
    declared.set(name.slice("xmlns:".length), uri);
    if (name === "xmlns:wcm" && uri !== wcmNamespace) {
      issues.push({ path, message: `xmlns:wcm has to be "${wcmNamespace}", got ${quote(uri)}` });
    }
  }
  const used = [element.name, ...Object.keys(element.attributes)].flatMap((name) => prefixOf(name) ?? []);
  for (const prefix of new Set(used)) {
    if (declared.has(prefix)) continue;
    issues.push({ path, message: `the prefix ${prefix} is not declared, so the file is not well-formed` });
    declared.set(prefix, "");
  }
  return [
    ...issues,
    ...element.children.flatMap((child) => checkPrefixes(child, declared, `${path}/${nameOf(child)}`)),
  ];
}

function prefixOf(name: string): string | undefined {
  const colon = name.indexOf(":");
  const prefix = colon === -1 ? undefined : name.slice(0, colon);
  return prefix === "xmlns" || prefix === "xml" ? undefined : prefix;
}

// What stands in components; of the elements above every attribute that matters is checked by name.
function checkAttributes(document: XmlElement): Issue[] {
  const components = document.children
    .filter(({ name }) => name === "settings")
    .flatMap(({ children }) => children);
  return components.flatMap((component) =>
    component.children.flatMap((child) => checkSetting(child, component.attributes["name"] ?? "")),
  );
}

function checkSetting(element: XmlElement, above: string): Issue[] {
  const path = `${above}/${element.name}`;
  const unknown = Object.keys(element.attributes).filter(
    (name) => name !== "wcm:action" && name !== "wcm:keyValue" && !name.startsWith("xmlns"),
  );
  return [
    ...unknown.map((name) => ({
      path,
      message: `not an attribute of a setting, got ${name}; allowed: wcm:action, wcm:keyValue`,
    })),
    ...element.children.flatMap((child) => checkSetting(child, path)),
  ];
}

function nameOf(element: XmlElement): string {
  return element.attributes["name"] ?? element.attributes["pass"] ?? element.name;
}

function quote(text: string | undefined): string {
  return text === undefined ? "nothing" : JSON.stringify(text);
}
