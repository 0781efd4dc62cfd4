import assert from "node:assert/strict";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { dropReferences } from "../../src/runtime/log-references.ts";
import { makeTempFolder } from "../support/temp-folder.ts";

const hash = "0123456789abcdfghijklmnpqrsvwxyz";

test("logs keep the names of store paths and lose what Nix would take for a reference; other files stay as they are", async () => {
  await using folder = await makeTempFolder();
  const at = (name: string): string => join(folder.path, name);
  const text = `-cdrom /nix/store/${hash}-Win11.iso \xff\n`;
  await mkdir(at("screenshots"));
  for (const name of ["guest.command", "stage.log", "picture.png"]) await writeFile(at(name), text, "latin1");
  await dropReferences(folder.path);
  for (const name of ["guest.command", "stage.log"]) {
    const want = `-cdrom /nix/store/${"e".repeat(32)}-Win11.iso \xff\n`;
    assert.equal(await readFile(at(name), "latin1"), want, name);
  }
  assert.equal(await readFile(at("picture.png"), "latin1"), text);
});

test("a path is found wherever it stands in a log, also across what is read at once", async () => {
  await using folder = await makeTempFolder();
  const file = join(folder.path, "stage.log");
  const path = (name: string): string => `/nix/store/${name}-a`;
  for (let before = 0; before < 64; before += 1) {
    const around = (name: string): string => `${"x".repeat(before)}${path(name)}${path(name)} ${hash}-b`;
    await writeFile(file, around(hash));
    await dropReferences(folder.path, 64);
    assert.equal(await readFile(file, "latin1"), around("e".repeat(32)), `${before} bytes before it`);
  }
});
