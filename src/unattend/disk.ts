import { InternalError } from "../errors.ts";
import { partitionIds } from "./partition-ids.ts";
import type { DiskLayout, Partition } from "./settings.ts";
import { group, item, type Setting, value } from "./tree.ts";

/** The first disk, wiped and laid out as the plan says. Sizes are MB. */
export function diskConfiguration(disk: DiskLayout): Setting {
  const ids = idsOf(disk);
  const modified = disk.partitions.flatMap((partition, index) => {
    const id = ids[index];
    // Neither an MSR nor an extended partition holds anything that could be modified.
    return id === undefined || partition.type === "MSR" ? [] : [{ partition, id }];
  });
  return group(
    "DiskConfiguration",
    item(
      "Disk",
      group("CreatePartitions", ...disk.partitions.map((partition, index) => create(index + 1, partition))),
      value("DiskID", 0),
      group(
        "ModifyPartitions",
        ...modified.map(({ partition, id }, index) => modify(index + 1, id, partition, disk.table)),
      ),
      value("WillWipeDisk", true),
    ),
    value("WillShowUI", "OnError"),
  );
}

/** Where Windows goes. */
export function installTo(disk: DiskLayout): Setting {
  const id = idsOf(disk)[disk.installTo - 1];
  if (id === undefined)
    throw new InternalError(`answer file: Windows cannot go to partition ${disk.installTo}`);
  return group("InstallTo", value("DiskID", 0), value("PartitionID", id));
}

function idsOf(disk: DiskLayout): (number | undefined)[] {
  return partitionIds(disk.partitions.map(({ type }) => type));
}

// A logical partition that takes the rest is made small and extended later (Microsoft, modifypartition-extend).
const logicalBeforeExtendMB = 100;

function create(order: number, { type, sizeMB }: Partition): Setting {
  const size = sizeMB ?? (type === "Logical" ? logicalBeforeExtendMB : undefined);
  return item(
    "CreatePartition",
    ...(size === undefined ? [value("Extend", true)] : []),
    value("Order", order),
    ...(size === undefined ? [] : [value("Size", size)]),
    // Recovery is a primary partition with a type id of its own.
    value("Type", type === "Recovery" ? "Primary" : type),
  );
}

// Windows gives partitions of this type no letter and hides them (Microsoft, modifypartition-typeid).
const recoveryTypeIds = { mbr: "0x27", gpt: "de94bba4-06d1-4d40-a16a-bfd50179d6ac" } as const;

function modify(order: number, id: number, partition: Partition, table: DiskLayout["table"]): Setting {
  const { active, format, label, letter, sizeMB, type } = partition;
  return item(
    "ModifyPartition",
    ...(active ? [value("Active", true)] : []),
    ...(type === "Logical" && sizeMB === null ? [value("Extend", true)] : []),
    ...(format === null ? [] : [value("Format", format)]),
    ...(label === "" ? [] : [value("Label", label)]),
    ...(letter === null ? [] : [value("Letter", letter)]),
    value("Order", order),
    value("PartitionID", id),
    ...(type === "Recovery" ? [value("TypeID", recoveryTypeIds[table])] : []),
  );
}
