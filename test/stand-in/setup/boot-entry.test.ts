import assert from "node:assert/strict";
import { test } from "node:test";
import { renderBootEntry, renderBootOrder } from "../../../src/stand-in/setup/boot-entry.ts";
import { efi } from "./layouts.ts";

test("a boot entry names the partition by its GUID and the file with backslashes", () => {
  const bytes = renderBootEntry({
    description: "ab",
    partition: { wanted: efi, number: 1, firstSector: 0x800, sectors: 0x82000 },
    partitionGuid: "00112233-4455-6677-8899-aabbccddeeff",
    file: "\\x",
  });
  // Laid out by hand after UEFI 2.10, 3.1.3 (EFI_LOAD_OPTION) and 10.3.5 (hard drive, file path).
  const wanted = [
    "07000000",
    "01000000 3800 6100 6200 0000",
    "0401 2a00 01000000 0008000000000000 0020080000000000 33221100554477668899aabbccddeeff 02 02",
    "0404 0a00 5c00 7800 0000",
    "7fff 0400",
  ];
  assert.equal(bytes.toString("hex"), wanted.join("").replaceAll(" ", ""));
});

test("the new entry comes first, once, and the others keep their order", () => {
  // The attributes, then the entries 2, 256 and 0.
  const before = Buffer.from("07000000 0200 0001 0000".replaceAll(" ", ""), "hex");
  const words = (bytes: Buffer): string[] => bytes.toString("hex", 4).match(/.{4}/g) ?? [];
  assert.deepEqual(words(renderBootOrder(0x100, before)), ["0001", "0200", "0000"]);
  assert.deepEqual(words(renderBootOrder(0x100, undefined)), ["0001"]);
  assert.equal(renderBootOrder(0x100, before).toString("hex", 0, 4), "07000000");
});
