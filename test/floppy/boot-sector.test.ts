import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { BOOT_MESSAGE, buildBootSector } from "../../src/floppy/boot-sector.ts";

describe("buildBootSector", () => {
  const sector = Buffer.from(buildBootSector(Buffer.from("UNATTEND   ", "latin1")));
  const numbers: readonly (readonly [what: string, got: number, expected: number])[] = [
    ["bytes in a sector", sector.readUInt16LE(11), 512],
    ["sectors in a cluster", sector.readUInt8(13), 1],
    ["reserved sectors", sector.readUInt16LE(14), 1],
    ["FATs", sector.readUInt8(16), 2],
    ["root entries", sector.readUInt16LE(17), 224],
    ["sectors", sector.readUInt16LE(19), 2880],
    ["the media byte", sector.readUInt8(21), 0xf0],
    ["sectors of a FAT", sector.readUInt16LE(22), 9],
    ["sectors on a track", sector.readUInt16LE(24), 18],
    ["heads", sector.readUInt16LE(26), 2],
    ["hidden sectors", sector.readUInt32LE(28), 0],
    ["the 32-bit sector count", sector.readUInt32LE(32), 0],
    ["the drive", sector.readUInt8(36), 0],
    ["the extended boot signature", sector.readUInt8(38), 0x29],
    ["the boot signature", sector.readUInt16LE(510), 0xaa55],
  ];
  for (const [what, got, expected] of numbers) {
    test(`${what}: ${expected}`, () => assert.equal(got, expected));
  }

  test("carries the label and the type", () => {
    assert.equal(sector.subarray(43, 62).toString("latin1"), "UNATTEND   FAT12   ");
  });

  test("jumps over the numbers to the code", () => {
    assert.equal(sector.readUInt8(0), 0xeb);
    assert.equal(2 + sector.readUInt8(1), 62);
    assert.equal(sector.readUInt8(62), 0xfa);
  });

  test("its code points at the message, which ends in a zero before the boot signature", () => {
    const address = sector.readUInt16LE(sector.indexOf(0xbe, 62) + 1) - 0x7c00;
    const end = sector.indexOf(0, address);
    assert.equal(sector.subarray(address, end).toString("latin1"), BOOT_MESSAGE);
    assert.ok(end < 510);
  });
});
