import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { crc32 } from "node:zlib";
import { placeOnGpt, renderGuidPartitionTable } from "../../../src/stand-in/setup/guid-partition-table.ts";
import { LayoutRefused } from "../../../src/stand-in/setup/partitions.ts";
import { efi, msr, recovery, windows } from "./layouts.ts";

const disk = 64 * 2 ** 21;
const guidOf = (number: number): string => `0011223${number}-4455-6677-8899-aabbccddeeff`;

test("partitions stand on MiB, and the last one leaves room for the second table", () => {
  const placed = placeOnGpt([efi, msr, windows], disk);
  assert.deepEqual(
    placed.map(({ number, firstSector, sectors }) => ({ number, firstSector, sectors })),
    [
      { number: 1, firstSector: 2048, sectors: 532_480 },
      { number: 2, firstSector: 534_528, sectors: 32_768 },
      { number: 3, firstSector: 567_296, sectors: disk - 2048 - 567_296 },
    ],
  );
});

test("both headers carry the sums that a reader computes, and name each other", () => {
  const table = renderGuidPartitionTable(placeOnGpt([efi, msr, windows], disk), disk, guidOf);
  const head = Buffer.from(table.head);
  const tail = Buffer.from(table.tail);
  assert.equal(head.length, 34 * 512);
  assert.equal(table.tailSector, disk - 33);
  const sides = [
    { header: head.subarray(512, 1024), entries: head.subarray(1024), own: 1, other: disk - 1, at: 2 },
    {
      header: tail.subarray(-512),
      entries: tail.subarray(0, -512),
      own: disk - 1,
      other: 1,
      at: table.tailSector,
    },
  ];
  for (const { header, entries, own, other, at } of sides) {
    assert.equal(header.toString("latin1", 0, 8), "EFI PART");
    const unsigned = Buffer.from(header.subarray(0, 92)).fill(0, 16, 20);
    assert.equal(header.readUInt32LE(16), crc32(unsigned));
    assert.equal(header.readUInt32LE(88), crc32(entries));
    assert.deepEqual(
      [24, 32, 72].map((place) => Number(header.readBigUInt64LE(place))),
      [own, other, at],
    );
  }
});

test("a type of its own marks the recovery partition", () => {
  const placed = placeOnGpt([efi, msr, recovery, windows], disk);
  const head = Buffer.from(renderGuidPartitionTable(placed, disk, guidOf).head);
  const typeOf = (number: number): string =>
    head.toString("hex", 1024 + (number - 1) * 128, 1028 + (number - 1) * 128);
  assert.deepEqual([1, 2, 3, 4].map(typeOf), ["28732ac1", "16e3c9e3", "a4bb94de", "a2a0d0eb"]);
});

suite("a layout that does not fit is refused with its reason", () => {
  const rows = [
    ["no EFI partition", [msr, windows], /needs one EFI partition, got 0/],
    ["two EFI partitions", [efi, efi, windows], /needs one EFI partition, got 2/],
    ["an EFI partition that firmware cannot read", [{ ...efi, format: "NTFS" }, windows], /FAT32, got NTFS/],
    ["a formatted MSR", [efi, { ...msr, format: "NTFS" }, windows], /MSR, which cannot be formatted/],
    ["an active partition", [efi, { ...windows, active: true }], /can be Active/],
    ["a logical one", [efi, { ...windows, type: "Logical" }], /type Logical does not fit a GPT disk/],
    ["a type of MBR disks", [efi, { ...windows, typeId: "0x27" }], /partition 2: TypeID has to be a GUID/],
    [
      "one that leaves no room for the second table",
      [efi, { ...windows, sizeMiB: 64 * 1024 - 261 }],
      /needs \d+ MB/,
    ],
  ] as const;
  for (const [title, partitions, reason] of rows) {
    test(title, () => {
      assert.throws(
        () => placeOnGpt(partitions, disk),
        (error: unknown) => error instanceof LayoutRefused && reason.test(error.message),
      );
    });
  }
});
