import { childText, findChildren, findSettings } from "./find-settings.ts";
import { partitionIds } from "./partition-ids.ts";
import type { XmlElement } from "./xml-element.ts";

/** A disk as DiskConfiguration lays it out. */
export interface ConfiguredDisk {
  readonly id: string;
  readonly wiped: boolean;
  /** In the order in which Setup makes them. */
  readonly created: readonly ConfiguredPartition[];
  readonly modified: readonly XmlElement[];
}

export interface ConfiguredPartition {
  /** Its place in the list. */
  readonly number: string;
  /** What PartitionID calls it; an extended one has none. */
  readonly id: string | undefined;
  /** In lower case. */
  readonly type: string;
  readonly size: string | undefined;
  readonly extend: boolean;
}

/** The disks of the file, in its order. */
export function readDisks(document: XmlElement): ConfiguredDisk[] {
  return findSettings(document, "Microsoft-Windows-Setup", "DiskConfiguration/Disk").map((disk) => ({
    id: childText(disk, "DiskID") ?? "",
    wiped: isTrue(childText(disk, "WillWipeDisk")),
    created: readCreated(disk),
    modified: findChildren(disk, "ModifyPartitions").flatMap((list) => findChildren(list, "ModifyPartition")),
  }));
}

/** Whether a setting of a disk says true. */
export function isTrue(text: string | undefined): boolean {
  return text?.toLowerCase() === "true";
}

function readCreated(disk: XmlElement): ConfiguredPartition[] {
  const elements = findChildren(disk, "CreatePartitions")
    .flatMap((list) => findChildren(list, "CreatePartition"))
    .toSorted((a, b) => Number(childText(a, "Order")) - Number(childText(b, "Order")));
  const ids = partitionIds(elements.map((element) => childText(element, "Type") ?? ""));
  return elements.map((element, index) => ({
    number: String(index + 1),
    id: ids[index]?.toString(),
    type: childText(element, "Type")?.toLowerCase() ?? "",
    size: childText(element, "Size"),
    extend: isTrue(childText(element, "Extend")),
  }));
}
