import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { parseXml } from "../../src/unattend/parse-xml.ts";
import { renderAnswerFile } from "../../src/unattend/answer-file.ts";
import type { DiskLayout, Partition } from "../../src/unattend/settings.ts";
import { checkAnswerFile } from "../../src/unattend/validate.ts";
import { answerSettings } from "./answer-settings.ts";
import { records, texts } from "./answer-texts.ts";

const setup = "Microsoft-Windows-Setup";
const create = "DiskConfiguration/Disk/CreatePartitions/CreatePartition";
const modify = "DiskConfiguration/Disk/ModifyPartitions/ModifyPartition";

function partition(
  type: Partition["type"],
  sizeMB: number | null,
  changes: Partial<Partition> = {},
): Partition {
  const empty = type === "MSR" || type === "Extended";
  return { type, sizeMB, format: empty ? null : "NTFS", label: "", letter: null, active: false, ...changes };
}

const extended: DiskLayout = {
  table: "mbr",
  partitions: [
    partition("Primary", 30_000, { active: true, letter: "C", label: "Windows" }),
    partition("Recovery", 800),
    partition("Extended", 9_000),
    partition("Logical", 2_000, { letter: "E", format: "FAT32" }),
    partition("Logical", null, { letter: "F" }),
  ],
  installTo: 1,
};

const recovery: DiskLayout = {
  table: "gpt",
  partitions: [
    partition("EFI", 300, { format: "FAT32" }),
    partition("MSR", 16),
    partition("Recovery", 800, { label: "WinRE" }),
    partition("Primary", null, { letter: "C" }),
  ],
  installTo: 4,
};

describe("a disk that the spec lays out", () => {
  test("is wiped, and each partition is made in its order with its size or with what is left", () => {
    const settings = answerSettings({ disk: recovery });
    assert.deepEqual(texts(settings, setup, "DiskConfiguration/Disk/WillWipeDisk"), ["true"]);
    assert.deepEqual(records(settings, setup, create, ["Order", "Type", "Size", "Extend"]), [
      { Order: "1", Type: "EFI", Size: "300" },
      { Order: "2", Type: "MSR", Size: "16" },
      { Order: "3", Type: "Primary", Size: "800" },
      { Order: "4", Type: "Primary", Extend: "true" },
    ]);
    assert.deepEqual(texts(settings, setup, "ImageInstall/OSImage/InstallTo/PartitionID"), ["4"]);
  });

  const ids = [
    { table: "gpt", disk: recovery, id: "de94bba4-06d1-4d40-a16a-bfd50179d6ac" },
    { table: "mbr", disk: extended, id: "0x27" },
  ] as const;
  for (const { table, disk, id } of ids) {
    test(`${table}: a recovery partition has the type ${id}, which hides it, and no other partition has one`, () => {
      assert.deepEqual(texts(answerSettings({ disk }), setup, `${modify}/TypeID`), [id]);
    });
  }

  test("an extended partition has no PartitionID and is not modified, so that logical ones count on without it", () => {
    const settings = answerSettings({ firmware: "bios", disk: extended });
    const names = ["Order", "PartitionID", "Letter", "Format"];
    assert.deepEqual(records(settings, setup, modify, names), [
      { Order: "1", PartitionID: "1", Letter: "C", Format: "NTFS" },
      { Order: "2", PartitionID: "2", Format: "NTFS" },
      { Order: "3", PartitionID: "3", Letter: "E", Format: "FAT32" },
      { Order: "4", PartitionID: "4", Letter: "F", Format: "NTFS" },
    ]);
  });

  test("a logical partition that takes the rest is made small and extended later, as Microsoft's sample does", () => {
    const settings = answerSettings({ firmware: "bios", disk: extended });
    assert.deepEqual(records(settings, setup, create, ["Type", "Size", "Extend"]).at(-1), {
      Type: "Logical",
      Size: "100",
    });
    assert.equal(records(settings, setup, modify, ["Extend"]).at(-1)?.["Extend"], "true");
  });

  for (const { firmware, disk } of [
    { firmware: "bios", disk: extended },
    { firmware: "uefi", disk: recovery },
  ] as const) {
    test(`${firmware}: there is nothing in it that Setup refuses`, () => {
      const document = parseXml(renderAnswerFile(answerSettings({ firmware, disk })));
      assert.deepEqual(checkAnswerFile(document, { firmware, architecture: "amd64" }), []);
    });
  }
});
