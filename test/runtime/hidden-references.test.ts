import assert from "node:assert/strict";
import { chmod, mkdir, readFile, stat, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import * as fc from "fast-check";
import {
  findHiddenReferences,
  storeNames,
  writeHiddenReferences,
} from "../../src/runtime/hidden-references.ts";
import { makeTempFolder } from "../support/temp-folder.ts";

const hello = "0123456789abcdfghijklmnpqrsvwxyz-hello-2.12";
const other = "z123456789abcdfghijklmnpqrsvwxyz-other";
const utf16 = (text: string): Buffer => Buffer.from(text, "utf16le");

for (const [title, content, want] of [
  ["the store path as Cygwin spells it", utf16(`/nix/store/${hello}/bin`), [hello]],
  ["as Windows does", utf16(`S:\\${hello}\\bin\\hello.exe`), [hello]],
  ["at an odd offset", Buffer.concat([Buffer.from("x"), utf16(`S:\\${hello}`)]), [hello]],
  ["two, each once", utf16(`${other} ${hello} ${other}`), [hello, other]],
  ["not in bytes, where Nix sees it itself", Buffer.from(`/nix/store/${hello}`), []],
  ["not a hash that no name begins with", utf16(`/nix/store/y${hello.slice(1)}`), []],
  ["not one that is longer", utf16(`a${hello}`), [hello]],
  ["not one without its dash", utf16(hello.slice(0, 32)), []],
  ["in big endian, too", Buffer.from(utf16(hello)).swap16(), [hello]],
  ["nothing in an empty file", Buffer.alloc(0), []],
] as const) {
  test(`finds what is named in UTF-16: ${title}`, async () => {
    await using temp = await makeTempFolder();
    const file = join(temp.path, "file");
    await writeFile(file, content);
    assert.deepEqual(await findHiddenReferences(file, async () => [hello, other, hello]), want);
  });
}

test("finds one wherever it stands in a large file, also across what is read at once", async () => {
  await using temp = await makeTempFolder();
  const file = join(temp.path, "file");
  const mebibyte = 1024 * 1024;
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: -80, max: 80 }),
      fc.integer({ min: 1, max: 2 }),
      async (near, chunk) => {
        await writeFile(
          file,
          Buffer.concat([Buffer.alloc(chunk * mebibyte + near, 1), utf16(hello), Buffer.alloc(100, 2)]),
        );
        assert.deepEqual(await findHiddenReferences(file, async () => [hello]), [hello]);
      },
    ),
    { numRuns: 40 },
  );
});

test("does not read the store's names where there is no hash", async () => {
  await using temp = await makeTempFolder();
  await writeFile(join(temp.path, "file"), "nothing");
  assert.deepEqual(await findHiddenReferences(temp.path, () => assert.fail("they were read")), []);
});

test("looks into folders and unreadable files, and follows no link", async () => {
  await using temp = await makeTempFolder();
  const out = join(temp.path, "out");
  await mkdir(join(out, "a/b"), { recursive: true });
  await writeFile(join(out, "a/b/file"), utf16(hello));
  await chmod(join(out, "a/b/file"), 0o111);
  await writeFile(join(temp.path, "outside"), utf16(other));
  await symlink(join(temp.path, "outside"), join(out, "link"));
  await symlink("nowhere", join(out, "dangling"));
  assert.deepEqual(await findHiddenReferences(out, async () => [hello, other]), [hello]);
  assert.equal((await stat(join(out, "a/b/file"))).mode & 0o777, 0o511, "the execute bit stays");
});

test("names them beside those that are named already; a folder that is read-only is no obstacle", async () => {
  await using temp = await makeTempFolder();
  const out = join(temp.path, "out");
  await mkdir(join(out, "nix-support"), { recursive: true });
  await writeFile(join(out, "nix-support/references"), "/nix/store/first\n");
  await chmod(join(out, "nix-support/references"), 0o444);
  await chmod(join(out, "nix-support"), 0o555);
  await chmod(out, 0o555);
  assert.equal(await writeHiddenReferences(out, ["/nix/store/a", "/nix/store/b"]), 2);
  const text = await readFile(join(out, "nix-support/references"), "utf8");
  assert.equal(text, "/nix/store/first\n/nix/store/a\n/nix/store/b\n");
});

test("writes nothing where there is nothing to name, and has no place in an output that is a file", async () => {
  await using temp = await makeTempFolder();
  const file = join(temp.path, "file");
  await writeFile(file, "x");
  assert.equal(await writeHiddenReferences(temp.path, []), 0);
  await assert.rejects(stat(join(temp.path, "nix-support")), { code: "ENOENT" });
  assert.equal(await writeHiddenReferences(file, ["/nix/store/a"]), undefined);
  assert.equal(await readFile(file, "utf8"), "x");
});

test("what may be meant is everything in the store, and the outputs, which are not there yet", async () => {
  await using temp = await makeTempFolder();
  await mkdir(join(temp.path, hello));
  assert.deepEqual(await storeNames(temp.path, [`/nix/store/${other}`]), [hello, other]);
});
