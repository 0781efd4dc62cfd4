import assert from "node:assert/strict";
import { test } from "node:test";
import { partitionIds } from "../../src/unattend/partition-ids.ts";

test("partitions are numbered in their order, an MSR among them", () => {
  assert.deepEqual(partitionIds(["EFI", "MSR", "Primary"]), [1, 2, 3]);
});

test("an extended partition has no number and takes none away from its logical ones", () => {
  assert.deepEqual(partitionIds(["Primary", "Extended", "Logical", "logical"]), [1, undefined, 2, 3]);
});
