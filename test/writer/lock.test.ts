import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { lockName, whileLocked } from "../../src/writer/lock.ts";
import { makeTempFolder } from "../support/temp-folder.ts";

test("the second writer waits for the first, and no lock stays", async () => {
  await using folder = await makeTempFolder();
  const order: string[] = [];
  const first = whileLocked(folder.path, async () => {
    await new Promise((resolve) => setTimeout(resolve, 120));
    order.push("first");
  });
  const second = whileLocked(folder.path, async () => order.push("second"));
  await Promise.all([first, second]);
  assert.deepEqual(order, ["first", "second"]);
  assert.deepEqual(await readdir(folder.path), []);
});

test("a lock of a process that is gone is taken over", async () => {
  await using folder = await makeTempFolder();
  const { pid } = spawnSync(process.execPath, ["-e", "0"]);
  const file = join(folder.path, lockName);
  await writeFile(file, String(pid));
  assert.equal(await whileLocked(folder.path, () => readFile(file, "utf8"), 0), String(process.pid));
});

test("a writer that does not end is named after the time is over, and keeps its lock", async () => {
  await using folder = await makeTempFolder();
  await writeFile(join(folder.path, lockName), String(process.pid));
  await assert.rejects(
    whileLocked(folder.path, async () => undefined, 60),
    new RegExp(`another casement \\(process ${process.pid}\\) has been writing here for 0\\.06 s`),
  );
  assert.deepEqual(await readdir(folder.path), [lockName]);
});

test("a writer that fails leaves no lock", async () => {
  await using folder = await makeTempFolder();
  await assert.rejects(
    whileLocked(folder.path, () => Promise.reject(new Error("boom"))),
    /boom/,
  );
  assert.deepEqual(await readdir(folder.path), []);
});
