import assert from "node:assert/strict";
import type { XmlElement } from "../../src/unattend/xml-element.ts";

/** A parsed answer file that tests spoil. */
export interface MutableElement {
  name: string;
  attributes: Record<string, string>;
  children: MutableElement[];
  text: string;
}

/** A copy that can be changed. */
export function mutableCopy({ name, attributes, children, text }: XmlElement): MutableElement {
  return { name, attributes: { ...attributes }, children: children.map(mutableCopy), text };
}

/** An element; `attributes` such as wcm:action where it is an item of a list. */
export function element(
  name: string,
  content: string | MutableElement[],
  attributes: Record<string, string> = {},
): MutableElement {
  return typeof content === "string"
    ? { name, attributes, children: [], text: content }
    : { name, attributes, children: content, text: "" };
}

/** An item of a list. */
export function listItem(name: string, ...children: MutableElement[]): MutableElement {
  return element(name, children, { "wcm:action": "add" });
}

/**
 * All elements at a place such as `specialize/Microsoft-Windows-Shell-Setup/TimeZone`; `[2]` behind a name takes the
 * second of that name.
 */
export function allAt(document: MutableElement, place: string): MutableElement[] {
  const [pass = "", component, ...names] = place.split("/");
  const passes = document.children.filter((child) => child.attributes["pass"] === pass);
  if (component === undefined) return passes;
  const components = passes
    .flatMap((block) => block.children)
    .filter((child) => child.attributes["name"] === component);
  return names.reduce((parents, step) => {
    const [, name = "", number] = /^(\w+)(?:\[(\d+)\])?$/.exec(step) ?? [];
    return parents.flatMap((parent) => {
      const found = parent.children.filter((child) => child.name === name);
      return number === undefined ? found : found.slice(Number(number) - 1, Number(number));
    });
  }, components);
}

/** The first element at a place, which has to be there. */
export function at(document: MutableElement, place: string): MutableElement {
  const found = allAt(document, place)[0];
  assert.ok(found !== undefined, `nothing at ${place}`);
  return found;
}

/** Takes every element at a place away; there has to be one. */
export function removeAt(document: MutableElement, place: string): void {
  const doomed = new Set(allAt(document, place));
  assert.ok(doomed.size > 0, `nothing at ${place}`);
  const prune = (parent: MutableElement): void => {
    parent.children = parent.children.filter((child) => !doomed.has(child));
    parent.children.forEach(prune);
  };
  prune(document);
}

/** Gives the element at a place another text. */
export function setAt(document: MutableElement, place: string, text: string): void {
  at(document, place).text = text;
}

/** Puts children behind those of the element at a place. */
export function addAt(document: MutableElement, place: string, ...children: MutableElement[]): void {
  at(document, place).children.push(...children);
}
