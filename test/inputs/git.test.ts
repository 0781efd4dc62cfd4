import assert from "node:assert/strict";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { commandToTrack, findUntracked } from "../../src/inputs/git.ts";
import { run } from "../../src/process/run.ts";
import { makeTempFolder } from "../support/temp-folder.ts";

const paths = ["a", "floppy.img"];

test("a folder is named for a shell while git does not know it, and not after git add --intent-to-add", async () => {
  await using folder = await makeTempFolder();
  const out = join(folder.path, "my casement");
  await mkdir(out);
  await writeFile(join(out, "a"), "");
  assert.equal(await findUntracked(out, paths), undefined, "no work tree");
  await git(folder.path, "init", "--quiet");
  assert.deepEqual(await findUntracked(out, paths), { folder: `'${out}'`, isIgnored: false });
  await git(folder.path, "add", "--intent-to-add", "my casement");
  assert.equal(await findUntracked(out, paths), undefined);
});

for (const [title, patterns, command] of [
  ["a folder that is ignored", "out/\n", "--intent-to-add --force"],
  ["a file of it that is", "*.img\n", "--intent-to-add --force"],
  ["a file beside it that is", "*.swp\n", "--intent-to-add"],
] as const) {
  test(`git is told to take what it ignores: ${title}`, async () => {
    await using folder = await makeTempFolder();
    const out = join(folder.path, "out");
    await mkdir(out);
    await git(folder.path, "init", "--quiet");
    await writeFile(join(folder.path, ".gitignore"), patterns);
    for (const name of ["a", "floppy.img", "a.swp"]) await writeFile(join(out, name), "");
    const found = await findUntracked(out, paths);
    assert.ok(found !== undefined);
    assert.equal(commandToTrack(found), `git add ${command} ${out}`);
    await git(folder.path, "add", "--force", "--intent-to-add", "out");
    assert.equal(await findUntracked(out, paths), undefined);
  });
}

function git(folder: string, ...args: string[]): Promise<unknown> {
  return run({ file: "git", args: ["-C", folder, ...args] });
}
