import assert from "node:assert/strict";
import { test } from "node:test";
import { parseList } from "../../src/media/seven-zip.ts";

// As 7-Zip 26.02 prints it, shortened.
const output = `
7-Zip (z) 26.02 (x64) : Copyright (c) 1999-2026 Igor Pavlov : 2026-06-25

Listing archive: udf.iso

--
Path = udf.iso
Type = Udf
Physical Size = 876544
Comment = 
{
Primary Volumes:
  VolumeId: TEST
}

----------
Path = sources
Folder = +
Size = 
Modified = 2026-11-22 21:39:36.000000

Path = sources/boot.wim
Folder = -
Size = 2056
Packed Size = 4096

Path = sources\\install.wim
Folder = -
Size = 4823449600
Packed Size = 4823449600

Path = odd
Folder = -
Size = none
`;

test("files are listed with their sizes, folders and the archive itself are not", () => {
  assert.deepEqual(parseList(output), [
    { path: "sources/boot.wim", bytes: 2056 },
    { path: "sources/install.wim", bytes: 4_823_449_600 },
  ]);
});

test("an empty medium has no files", () => {
  assert.deepEqual(parseList("Listing archive: a.iso\n\n--\nPath = a.iso\nType = Iso\n\n----------\n"), []);
});
