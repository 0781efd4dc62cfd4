import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { placeOnGpt } from "../../../src/stand-in/setup/guid-partition-table.ts";
import { findWindowsPartition, LayoutRefused } from "../../../src/stand-in/setup/partitions.ts";
import { efi, msr, recovery, windows } from "./layouts.ts";

const placed = placeOnGpt(
  [efi, msr, recovery, { ...windows, sizeMiB: 40_000 }, { ...windows, format: undefined }],
  2 ** 27,
);
const to = (partitionId: number, diskId = 0) => ({ diskId: 0, installTo: { diskId, partitionId } });

test("Windows goes to the partition that InstallTo names", () => {
  assert.equal(findWindowsPartition(to(4), placed).number, 4);
});

suite("Windows cannot go to", () => {
  const rows = [
    [
      "a disk that is not laid out",
      to(4, 1),
      /names disk 1 partition 4, which the answer file does not create/,
    ],
    [
      "a partition that does not exist",
      to(6),
      /names disk 0 partition 6, which the answer file does not create/,
    ],
    ["the EFI partition", to(1), /partition 1, which is EFI; Windows needs an ordinary primary one/],
    ["the MSR", to(2), /partition 2, which is MSR/],
    ["the recovery partition", to(3), /partition 3, which is of type de94bba4/],
    ["a partition without a file system", to(5), /partition 5 has to be formatted as NTFS, got no format/],
  ] as const;
  for (const [title, answers, reason] of rows) {
    test(title, () => {
      assert.throws(
        () => findWindowsPartition(answers, placed),
        (error: unknown) => error instanceof LayoutRefused && reason.test(error.message),
      );
    });
  }
});
