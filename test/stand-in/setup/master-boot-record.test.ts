import assert from "node:assert/strict";
import { suite, test } from "node:test";
import type { WantedPartition } from "../../../src/stand-in/setup/answers.ts";
import { placeOnMbr, renderMasterBootRecord } from "../../../src/stand-in/setup/master-boot-record.ts";
import { LayoutRefused } from "../../../src/stand-in/setup/partitions.ts";

const reserved: WantedPartition = {
  type: "Primary",
  sizeMiB: 500,
  active: true,
  format: "NTFS",
  label: "System Reserved",
  letter: undefined,
  typeId: undefined,
};
const windows: WantedPartition = {
  type: "Primary",
  sizeMiB: undefined,
  active: false,
  format: "NTFS",
  label: "Windows",
  letter: "C",
  typeId: undefined,
};
const disk = 64 * 2 ** 21;

test("partitions stand one after the other on MiB, the last one takes what is left", () => {
  const placed = placeOnMbr([reserved, windows], disk);
  assert.deepEqual(
    placed.map(({ number, firstSector, sectors }) => ({ number, firstSector, sectors })),
    [
      { number: 1, firstSector: 2048, sectors: 1_024_000 },
      { number: 2, firstSector: 1_026_048, sectors: disk - 1_026_048 },
    ],
  );
});

test("the sector holds boot code, signature and the active flag where a BIOS reads them", () => {
  const sector = Buffer.from(
    renderMasterBootRecord(Buffer.alloc(440, 0x90), 0x11223344, placeOnMbr([reserved, windows], disk)),
  );
  assert.equal(sector.length, 512);
  assert.equal(sector[439], 0x90);
  assert.equal(sector.readUInt32LE(440), 0x11223344);
  assert.deepEqual([sector[446], sector[450], sector.readUInt32LE(454)], [0x80, 0x07, 2048]);
  assert.deepEqual([sector[462], sector[466]], [0, 0x07]);
  assert.equal(sector.readUInt16LE(510), 0xaa55);
});

test("a type of its own stands in the table", () => {
  const recovery = { ...reserved, typeId: "0x27" };
  const sector = renderMasterBootRecord(Buffer.alloc(0), 1, placeOnMbr([recovery, windows], disk));
  assert.deepEqual([sector[450], sector[466]], [0x27, 0x07]);
});

suite("a layout that does not fit is refused with its reason", () => {
  const rows: readonly (readonly [string, readonly WantedPartition[], RegExp])[] = [
    ["no partition", [], /creates no partition/],
    ["an EFI partition", [{ ...reserved, type: "EFI" }, windows], /type EFI does not fit an MBR disk/],
    ["no active one", [{ ...reserved, active: false }, windows], /needs one active partition, got 0/],
    ["two active ones", [reserved, { ...windows, active: true }], /got 2/],
    [
      "one larger than the disk",
      [reserved, { ...windows, sizeMiB: 70_000 }],
      /needs 70000 MB and the disk has/,
    ],
    ["a logical one", [reserved, { ...windows, type: "Logical" }], /type Logical are not played/],
    [
      "a type of GPT disks",
      [reserved, { ...windows, typeId: "de94bba4-06d1-4d40-a16a-bfd50179d6ac" }],
      /partition 2: TypeID has to be one byte/,
    ],
    ["five", [reserved, reserved, reserved, reserved, windows], /at most 4/],
    [
      "one behind the rest",
      [
        { ...windows, active: true },
        { ...reserved, active: false },
      ],
      /only the last/,
    ],
  ];
  for (const [title, partitions, reason] of rows) {
    test(title, () => {
      assert.throws(
        () => placeOnMbr(partitions, disk),
        (error: unknown) => error instanceof LayoutRefused && reason.test(error.message),
      );
    });
  }
});
