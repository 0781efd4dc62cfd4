import type { Issue } from "../errors.ts";
import { childText } from "./find-settings.ts";
import type { ComponentReference } from "./reference.ts";
import type { XmlElement } from "./xml-element.ts";

/** Where the elements of lists stand: their component's reference, and the path for messages. */
export interface ListScope {
  readonly component: ComponentReference;
  readonly path: string;
}

/** Checks the lists among the children: repeats of what is no list, keys, numbers, and what items need. */
export function checkLists(parent: XmlElement, parentPath: string, scope: ListScope): Issue[] {
  const groups = Map.groupBy(parent.children, (child) => child.name.toLowerCase());
  return [...groups.values()].flatMap((elements) => {
    const name = elements[0]?.name ?? "";
    const path = parentPath === "" ? name : `${parentPath}/${name}`;
    const found = scope.component.find(path);
    if (found === undefined) return [];
    const where = `${scope.path}/${path}`;
    if (found.setting.listItem !== true) {
      return elements.length < 2
        ? []
        : [{ path: where, message: `stands ${elements.length} times; only one may` }];
    }
    return [
      ...checkKeys(elements, where),
      ...checkIdentities(elements, where),
      ...(scope.component.find(`${path}/Order`) === undefined ? [] : checkOrder(elements, where)),
      ...elements.flatMap((element) => checkNeeds(element, where)),
    ];
  });
}

function checkKeys(elements: readonly XmlElement[], path: string): Issue[] {
  const keys = elements.map((element) => element.attributes["wcm:keyValue"]);
  return twice(keys).map((key) => ({
    path,
    message: `wcm:keyValue ${JSON.stringify(key)} stands twice in the list`,
  }));
}

// What tells an item from the others of its list; Order has a rule of its own.
const identities = ["PartitionID", "DiskID", "Name", "Identifier", "Domain", "SID", "Key"];

function checkIdentities(elements: readonly XmlElement[], path: string): Issue[] {
  return identities.flatMap((name) =>
    twice(elements.map((element) => childText(element, name)?.toLowerCase())).map((value) => ({
      path,
      message: `${name} ${JSON.stringify(value)} stands twice in the list`,
    })),
  );
}

// Partitions and commands are taken by these numbers, not in the order of the file. Those of partitions have no gaps
// (Microsoft, createpartition-order); those of commands have some in many files that work.
function checkOrder(elements: readonly XmlElement[], path: string): Issue[] {
  const orders = elements.map((element) => childText(element, "Order"));
  const got = orders.map((order) => order ?? "nothing").join(", ");
  const count = elements.length;
  if (/Partition$/i.test(path)) {
    const wanted = elements.map((_, index) => String(index + 1));
    if (wanted.every((order) => orders.includes(order))) return [];
    return [{ path, message: `Order has to run from 1 to ${count} without gaps, got ${got}` }];
  }
  if (new Set(orders).size === count && !orders.includes(undefined)) return [];
  return [{ path, message: `every item needs an Order of its own, got ${got}` }];
}

/** Items, by the end of their path, and the settings that they are nothing without. */
const needs: readonly (readonly [item: RegExp, names: readonly string[]])[] = [
  [/\/RunA?synchronousCommand$/i, ["Path"]],
  [/\/A?synchronousCommand$/i, ["CommandLine"]],
  [/\/CreatePartition$/i, ["Type"]],
  [/\/ModifyPartition$/i, ["PartitionID"]],
  [/\/DiskConfiguration\/Disk$/i, ["DiskID"]],
  [/\/MetaData$/i, ["Key", "Value"]],
  [/\/LocalAccount$/i, ["Name"]],
  [/\/DriverPaths\/PathAndCredentials$/i, ["Path"]],
  [/-TCPIP\/Interfaces\/Interface$/i, ["Identifier"]],
];

function checkNeeds(element: XmlElement, path: string): Issue[] {
  const names = needs.find(([item]) => item.test(path))?.[1] ?? [];
  return names
    .filter((name) => childText(element, name) === undefined)
    .map((name) => ({ path: `${path}/${name}`, message: "missing" }));
}

function twice(values: readonly (string | undefined)[]): (string | undefined)[] {
  return values.filter((value, index) => value !== undefined && values.indexOf(value) < index);
}
