import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { mkdir, readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { openWorkspace } from "../../src/runtime/workspace.ts";
import { makeTempFolder } from "../support/temp-folder.ts";

test("leaves nothing", async () => {
  await using temp = await makeTempFolder();
  {
    await using workspace = await openWorkspace(temp.path);
    await writeFile(workspace.file("disk.qcow2"), "x");
    assert.equal(existsSync(join(workspace.path("xchg"), "run")), true);
  }
  assert.deepEqual(await readdir(temp.path), []);
});

test("keeps evidence and exchange folder where it is told to, and nothing else", async () => {
  await using temp = await makeTempFolder();
  let folder = "";
  {
    await using workspace = await openWorkspace(temp.path);
    await writeFile(workspace.file("disk.qcow2"), "x");
    await writeFile(join(workspace.path("evidence"), "com1.log"), "x");
    workspace.keepEvidence();
    ({ folder } = workspace);
  }
  assert.deepEqual((await readdir(folder)).toSorted(), ["evidence", "xchg"]);
  assert.deepEqual(await readdir(join(folder, "evidence")), ["com1.log"]);
});

test("a folder in which a socket's path would be too long is refused, and nothing is made in it", async () => {
  await using temp = await makeTempFolder();
  const top = join(temp.path, "ü".repeat(30));
  await mkdir(top);
  await assert.rejects(openWorkspace(top), /socket path is too long, got \d+ bytes/);
  assert.deepEqual(await readdir(top), []);
});
