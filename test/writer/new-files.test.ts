import assert from "node:assert/strict";
import { mkdir, readdir, readFile, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { writeNewFiles } from "../../src/writer/new-files.ts";
import { makeTempFolder } from "../support/temp-folder.ts";

const files = ["a", "b", "sub/c"].map((path) => ({ path, content: path }));
const hint = "Choose another.";

test("the folder is made, and every file is one's own to write", async () => {
  await using folder = await makeTempFolder();
  const target = join(folder.path, "new/project");
  assert.deepEqual(await writeNewFiles(files, target, { hint }), ["a", "b", "sub/c"]);
  assert.equal(await readFile(join(target, "sub/c"), "utf8"), "sub/c");
  await writeFile(join(target, "a"), "changed");
});

test("everything in the way is named at once, and nothing is written", async () => {
  await using folder = await makeTempFolder();
  await writeFile(join(folder.path, "a"), "of somebody else");
  await mkdir(join(folder.path, "sub"));
  await symlink("nowhere", join(folder.path, "sub/c"));
  await assert.rejects(writeNewFiles(files, folder.path, { hint }), {
    name: "ToolError",
    message: `${folder.path}: nothing was written, because these are there already\n  a\n  sub/c`,
    hint,
  });
  assert.deepEqual(await readdir(folder.path), ["a", "sub"]);
  assert.equal(await readFile(join(folder.path, "a"), "utf8"), "of somebody else");
});

test("files with the same bytes are no obstacle, so that the rest can be written", async () => {
  await using folder = await makeTempFolder();
  await writeFile(join(folder.path, "b"), "b");
  assert.deepEqual(await writeNewFiles(files, folder.path, { hint }), ["a", "sub/c"]);
  assert.deepEqual(await writeNewFiles(files, folder.path, { hint }), []);
});

test("a failure leaves none of the files behind", async () => {
  await using folder = await makeTempFolder();
  await writeFile(join(folder.path, "sub"), "a file where a folder has to be");
  await assert.rejects(writeNewFiles(files, folder.path, { hint }), {
    name: "ToolError",
    message: `${join(folder.path, "sub")}: is not a folder`,
    hint,
  });
  assert.deepEqual(await readdir(folder.path), ["sub"]);
});

test("a failure leaves no folder behind that was made for the files, and none that was there goes", async () => {
  await using folder = await makeTempFolder();
  const tooLong = { path: `deep/${"x".repeat(300)}`, content: "" };
  const target = join(folder.path, "new/project");
  await assert.rejects(writeNewFiles([...files, tooLong], target, { hint }), { code: "ENAMETOOLONG" });
  assert.deepEqual(await readdir(folder.path), []);
  await mkdir(target, { recursive: true });
  await assert.rejects(writeNewFiles([...files, tooLong], target, { hint }), { code: "ENAMETOOLONG" });
  assert.deepEqual(await readdir(target), []);
});

test("a file at the folder's own place, or a link to nowhere, is refused with the hint", async () => {
  await using folder = await makeTempFolder();
  await writeFile(join(folder.path, "file"), "");
  await symlink("nowhere", join(folder.path, "link"));
  for (const name of ["file", "link"]) {
    await assert.rejects(writeNewFiles(files, join(folder.path, name), { hint }), {
      name: "ToolError",
      hint,
    });
  }
});
