import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { promisify } from "node:util";
import { SpecError } from "../../src/errors.ts";
import { loadVolume } from "../../src/media/volume.ts";
import { makeTempFolder } from "../support/temp-folder.ts";

const sector = 2048;

/** Descriptors from sector 16 on; the primary one counts `sectors`. */
function iso(sectors: number, identifiers: readonly string[]): Buffer {
  const bytes = Buffer.alloc((16 + identifiers.length) * sector);
  for (const [at, identifier] of identifiers.entries()) {
    const start = (16 + at) * sector;
    bytes.write(identifier, start + 1, "latin1");
    if (identifier !== "CD001") continue;
    bytes[start] = at === 0 ? 1 : 255;
    bytes.write("LABEL".padEnd(32), start + 40, "latin1");
    bytes.writeUInt32LE(sectors, start + 80);
  }
  return bytes;
}

for (const [title, bytes, want] of [
  ["ISO 9660", iso(18, ["CD001", "CD001"]), { label: "LABEL", bytes: 18 * sector, udf: false }],
  [
    "ISO 9660 with UDF beside it",
    iso(19, ["CD001", "CD001", "BEA01", "NSR02", "TEA01"]),
    { label: "LABEL", bytes: 21 * sector, udf: true },
  ],
  ["UDF alone", iso(0, ["BEA01", "NSR03", "TEA01"]), { label: "", bytes: 19 * sector, udf: true }],
] as const) {
  test(`${title} is recognized`, async () => {
    await using folder = await makeTempFolder();
    const file = join(folder.path, "iso");
    await writeFile(file, bytes);
    assert.deepEqual(await loadVolume(file), want);
  });
}

for (const [title, bytes, reason] of [
  ["an empty file", Buffer.alloc(0), /is not an ISO: .*\(0 bytes\)\n.*web page/],
  ["a web page", Buffer.from("<html>".repeat(10_000)), /is not an ISO/],
  [
    "a file that ends in its first descriptor",
    iso(18, ["CD001"]).subarray(0, 16 * sector + 100),
    /is not an ISO/,
  ],
  [
    "one that is shorter than it says",
    iso(1_000_000, ["CD001", "CD001"]),
    /ends too soon: it has 36864 bytes of the 2048000000 that it names itself/,
  ],
] as const) {
  test(`${title} is refused`, async () => {
    await using folder = await makeTempFolder();
    const file = join(folder.path, "iso");
    await writeFile(file, bytes);
    await assert.rejects(
      loadVolume(file),
      (error) => error instanceof SpecError && reason.test(error.message),
    );
  });
}

test("a folder, a device and a name of nothing are refused by what they are", async () => {
  await using folder = await makeTempFolder();
  await assert.rejects(loadVolume(folder.path), /is a folder/);
  await assert.rejects(loadVolume("/dev/null"), /is not a plain file/);
  await assert.rejects(loadVolume(join(folder.path, "none")), /there is no such file/);
});

test("a named pipe is refused at once, though nobody writes to it", async () => {
  await using folder = await makeTempFolder();
  const pipe = join(folder.path, "pipe");
  await promisify(execFile)("mkfifo", [pipe]);
  await assert.rejects(loadVolume(pipe), /is not a plain file/);
});
