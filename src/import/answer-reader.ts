import type { Architecture } from "../catalogue/release.ts";
import { type Pass, passes } from "../unattend/tree.ts";
import type { XmlElement } from "../unattend/xml-element.ts";

/** Something of an answer file that the spec does not hold, and why. */
export interface Leftover {
  /** Pass, component and path, such as `specialize/Microsoft-Windows-Shell-Setup/ComputerName`. */
  readonly place: string;
  readonly why: string;
}

/** A component of one pass, for the architecture that is imported. */
export interface AnswerComponent {
  readonly pass: Pass;
  readonly name: string;
  readonly element: XmlElement;
}

/** An answer file of which what the spec holds is taken, so that what is left can be told. Names compare without case. */
export interface AnswerReader {
  readonly architecture: Architecture;
  readonly components: readonly AnswerComponent[];
  readonly leftovers: readonly Leftover[];
  /** Takes every element at the path of the component, with all that is in them, in whichever pass. */
  takeAll(component: string, path: string): XmlElement[];
  /** Takes the elements at the path and returns the text of the first that has one. */
  take(component: string, path: string): string | undefined;
  isTaken(element: XmlElement): boolean;
  leave(place: string, why: string): void;
}

/** Reads the components of one architecture: the one asked for, or the first in the file. */
export function createAnswerReader(root: XmlElement, wanted?: Architecture): AnswerReader {
  const all = componentsOf(root);
  const present = [...new Set(all.map(({ element }) => architectureOf(element)))].filter(
    (each) => each !== undefined,
  );
  const architecture = wanted ?? present[0] ?? "amd64";
  const components = all.filter(({ element }) => architectureOf(element) === architecture);
  const taken = new Set<XmlElement>();
  const leftovers: Leftover[] = [...unknownPasses(root), ...others(present, architecture)];
  const takeAll = (component: string, path: string): XmlElement[] => {
    const found = components
      .filter(({ name }) => same(name, component))
      .flatMap(({ element }) => elementsAt(element, path));
    for (const element of found) taken.add(element);
    return found;
  };
  return {
    architecture,
    components,
    leftovers,
    takeAll,
    take: (component, path) =>
      takeAll(component, path)
        .map(({ text }) => text.trim())
        .find((text) => text !== ""),
    isTaken: (element) => taken.has(element),
    leave: (place, why) => leftovers.push({ place, why }),
  };
}

/** The elements at a path below an element. */
export function elementsAt(element: XmlElement, path: string): XmlElement[] {
  return path
    .split("/")
    .reduce<XmlElement[]>(
      (parents, name) =>
        parents.flatMap(({ children }) => children.filter((child) => same(child.name, name))),
      [element],
    );
}

/** The text of the first element at a path below an element; undefined where there is none, or nothing in it. */
export function textAt(element: XmlElement, path: string): string | undefined {
  const text = elementsAt(element, path)[0]?.text.trim();
  return text === "" ? undefined : text;
}

/** Items of a list in their order, by the number in their `Order`. */
export function inOrder(items: readonly XmlElement[]): XmlElement[] {
  return items.toSorted(
    (left, right) => Number(textAt(left, "Order") ?? 0) - Number(textAt(right, "Order") ?? 0),
  );
}

function componentsOf(root: XmlElement): AnswerComponent[] {
  return root.children
    .filter(({ name }) => name === "settings")
    .flatMap((settings) => {
      const pass = passOf(settings);
      if (pass === undefined) return [];
      return settings.children
        .filter(({ name }) => name === "component")
        .map((element) => ({ pass, name: element.attributes["name"] ?? "", element }));
    });
}

function passOf(settings: XmlElement): Pass | undefined {
  return passes.find((pass) => same(pass, settings.attributes["pass"] ?? ""));
}

function unknownPasses(root: XmlElement): Leftover[] {
  return root.children
    .filter((element) => element.name === "settings" && passOf(element) === undefined)
    .map(({ attributes }) => ({
      place: `settings ${JSON.stringify(attributes["pass"] ?? "")}`,
      why: "is not a configuration pass, so Setup passes over it",
    }));
}

// wow64 stands beside amd64 for Internet Explorer only.
function architectureOf(element: XmlElement): Architecture | undefined {
  const word = element.attributes["processorArchitecture"]?.toLowerCase();
  return architectures.find((architecture) => architecture === word);
}

const architectures: readonly Architecture[] = ["x86", "amd64", "arm64"];

function others(present: readonly Architecture[], architecture: Architecture): Leftover[] {
  return present
    .filter((each) => each !== architecture)
    .map((each) => ({
      place: `components for ${each}`,
      why: `a spec is for one architecture, and this one for ${architecture} (--architecture)`,
    }));
}

function same(left: string, right: string): boolean {
  return left.toLowerCase() === right.toLowerCase();
}
