import assert from "node:assert/strict";
import { mkdir, symlink, truncate, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { findSourceFaults, limits, readSources } from "../../src/inputs/sources.ts";
import { checkSpec } from "../../src/spec/check.ts";
import { showPath } from "../../src/spec/show.ts";
import type { Spec } from "../../src/spec/schema.ts";
import { makeTempFolder } from "../support/temp-folder.ts";

test("files are read byte for byte, relative to the spec's folder and not to the current one", async () => {
  await using folder = await makeTempFolder();
  await mkdir(join(folder.path, "machine/data"), { recursive: true });
  await writeFile(join(folder.path, "machine/data/a.bin"), Uint8Array.of(0, 255, 13, 10));
  await writeFile(join(folder.path, "beside.txt"), "beside");
  await symlink("../beside.txt", join(folder.path, "machine/link.txt"));
  const spec = specWith("data/a.bin", "../beside.txt", "link.txt", "./data/a.bin");
  const read = await readSources(spec, join(folder.path, "machine/casement.yaml"));
  assert.ok("files" in read);
  assert.deepEqual(
    [...read.files].map(([source, bytes]) => [source, [...bytes]]),
    [
      ["data/a.bin", [0, 255, 13, 10]],
      ["../beside.txt", [...Buffer.from("beside")]],
      ["link.txt", [...Buffer.from("beside")]],
      ["./data/a.bin", [0, 255, 13, 10]],
    ],
  );
});

test("every file that cannot be taken is named, all at once, with its place in the spec", async () => {
  await using folder = await makeTempFolder();
  await mkdir(join(folder.path, "folder"));
  await writeFile(join(folder.path, "large"), "");
  await truncate(join(folder.path, "large"), limits.fileMiB * 1024 * 1024 + 1);
  await writeFile(join(folder.path, "good"), "");
  const sources = ["missing", "good/inside", "folder", "large", "good", "gone/too"];
  assert.deepEqual(await faultsOf(folder.path, specWith(...sources)), [
    `windows.files[0].source: there is no such file, got "missing" (${folder.path}/missing)`,
    `windows.files[1].source: there is no such file, got "good/inside" (${folder.path}/good/inside)`,
    `windows.files[2].source: is a folder, got "folder" (${folder.path}/folder)`,
    'windows.files[3].source: has to be at most 16 MiB long, got "large" of 16.0 MiB',
    `windows.files[5].source: there is no such file, got "gone/too" (${folder.path}/gone/too)`,
  ]);
});

test("what is no plain file is refused before it is read", async () => {
  await using folder = await makeTempFolder();
  await symlink("/dev/zero", join(folder.path, "endless"));
  assert.deepEqual(await faultsOf(folder.path, specWith("endless")), [
    `windows.files[0].source: is not a plain file, got "endless" (${folder.path}/endless)`,
  ]);
});

test("a file that the system refuses is a fault of the spec, with the system's reason", async () => {
  await using folder = await makeTempFolder();
  const [fault] = await faultsOf(folder.path, specWith("a".repeat(300)));
  assert.match(fault ?? "", /^windows\.files\[0\]\.source: cannot be read: ENAMETOOLONG.*got "aaa/);
});

test("all files together have a limit, too, and no byte of them is read beyond it", async () => {
  await using folder = await makeTempFolder();
  await writeFile(join(folder.path, "large"), "");
  await truncate(join(folder.path, "large"), limits.fileMiB * 1024 * 1024);
  const five = Array.from({ length: 5 }, () => "large");
  assert.deepEqual(await faultsOf(folder.path, specWith(...five)), [
    "windows.files: have to be at most 64 MiB long together, got 80.0 MiB",
  ]);
});

test("a document that is no valid spec has its files looked at, too, and none that is refused for its form", async () => {
  await using folder = await makeTempFolder();
  const spec = join(folder.path, "casement.yaml");
  const files = [{ source: "missing" }, { source: "/etc" }, { source: 5 }, null, { source: "a\0b" }];
  const faults = await findSourceFaults({ windows: { release: "none", files } }, spec);
  assert.deepEqual(
    faults.map(({ path }) => showPath(path)),
    ["windows.files[0].source"],
  );
  for (const document of [null, {}, { windows: { files: "text" } }]) {
    assert.deepEqual(await findSourceFaults(document, spec), []);
  }
});

function specWith(...sources: readonly string[]): Spec {
  const files = sources.map((source, index) => ({ path: `file-${index}`, source }));
  const checked = checkSpec({ name: "a", windows: { release: "windows-10-22h2", files } });
  assert.ok("spec" in checked, JSON.stringify(checked.faults));
  return checked.spec;
}

async function faultsOf(folder: string, spec: Spec): Promise<string[]> {
  const read = await readSources(spec, join(folder, "casement.yaml"));
  return read.faults.map(({ path, message }) => `${showPath(path)}: ${message}`);
}
