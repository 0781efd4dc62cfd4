import type { XmlElement } from "./xml-element.ts";

/** Every element at the path in the component, in whichever pass it stands; names are compared without case. */
export function findSettings(document: XmlElement, component: string, path: string): XmlElement[] {
  const components = document.children
    .filter((child) => child.name === "settings")
    .flatMap((settings) => settings.children)
    .filter((child) => sameName(child.attributes["name"] ?? "", component));
  return path
    .split("/")
    .reduce<XmlElement[]>(
      (parents, name) => parents.flatMap((parent) => findChildren(parent, name)),
      components,
    );
}

/** The children of that name. */
export function findChildren(parent: XmlElement, name: string): XmlElement[] {
  return parent.children.filter((child) => sameName(child.name, name));
}

/** The text of the first child of that name; undefined if there is none. */
export function childText(parent: XmlElement, name: string): string | undefined {
  return findChildren(parent, name)[0]?.text;
}

function sameName(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}
