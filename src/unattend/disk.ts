import type { DiskLayout, Partition } from "./settings.ts";
import { group, item, type Setting, value } from "./tree.ts";

/** The first disk, wiped and laid out as the plan says. Sizes are MB. */
export function diskConfiguration(disk: DiskLayout): Setting {
  const modified = disk.partitions
    .map((partition, index) => ({ partition, number: index + 1 }))
    // Neither an MSR nor an extended partition holds anything that could be modified.
    .filter(({ partition }) => partition.type !== "MSR" && partition.type !== "Extended");
  return group(
    "DiskConfiguration",
    item(
      "Disk",
      group("CreatePartitions", ...disk.partitions.map((partition, index) => create(index + 1, partition))),
      value("DiskID", 0),
      group(
        "ModifyPartitions",
        ...modified.map(({ partition, number }, index) => modify(index + 1, number, partition)),
      ),
      value("WillWipeDisk", true),
    ),
    value("WillShowUI", "OnError"),
  );
}

function create(order: number, { type, sizeMB }: Partition): Setting {
  return item(
    "CreatePartition",
    ...(sizeMB === null ? [value("Extend", true)] : []),
    value("Order", order),
    ...(sizeMB === null ? [] : [value("Size", sizeMB)]),
    // Recovery is a primary partition with a type id of its own.
    value("Type", type === "Recovery" ? "Primary" : type),
  );
}

function modify(order: number, number: number, partition: Partition): Setting {
  const { active, format, label, letter } = partition;
  return item(
    "ModifyPartition",
    ...(active ? [value("Active", true)] : []),
    ...(format === null ? [] : [value("Format", format)]),
    ...(label === "" ? [] : [value("Label", label)]),
    ...(letter === null ? [] : [value("Letter", letter)]),
    value("Order", order),
    value("PartitionID", number),
  );
}
