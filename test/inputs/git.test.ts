import assert from "node:assert/strict";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { findUntracked } from "../../src/inputs/git.ts";
import { run } from "../../src/process/run.ts";
import { makeTempFolder } from "../support/temp-folder.ts";

test("a folder is named for a shell while git does not know it, and not after git add --intent-to-add", async () => {
  await using folder = await makeTempFolder();
  const out = join(folder.path, "my casement");
  await mkdir(out);
  await writeFile(join(out, "a"), "");
  assert.equal(await findUntracked(out), undefined, "no work tree");
  await git(folder.path, "init", "--quiet");
  assert.equal(await findUntracked(out), `'${out}'`);
  await git(folder.path, "add", "--intent-to-add", "my casement");
  assert.equal(await findUntracked(out), undefined);
});

test("an ignored folder is left alone", async () => {
  await using folder = await makeTempFolder();
  await git(folder.path, "init", "--quiet");
  await writeFile(join(folder.path, ".gitignore"), "out/\n");
  await mkdir(join(folder.path, "out"));
  await writeFile(join(folder.path, "out/a"), "");
  assert.equal(await findUntracked(join(folder.path, "out")), undefined);
});

function git(folder: string, ...args: string[]): Promise<unknown> {
  return run({ file: "git", args: ["-C", folder, ...args] });
}
