import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { mkdir, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { assertFolder, makeFolder } from "../../src/writer/folder.ts";
import { makeTempFolder } from "../support/temp-folder.ts";

test("missing folders are made, and a link to a folder is one", async () => {
  await using folder = await makeTempFolder();
  await mkdir(join(folder.path, "real"));
  await symlink("real", join(folder.path, "link"));
  const deep = join(folder.path, "link/a/b");
  await assertFolder(deep);
  await makeFolder(deep);
  await makeFolder(deep);
  assert.ok(existsSync(join(folder.path, "real/a/b")));
});

test("a file or a dead link at the folder or above it is refused by name", async () => {
  await using folder = await makeTempFolder();
  await writeFile(join(folder.path, "file"), "");
  await symlink("nowhere", join(folder.path, "dead"));
  await assert.rejects(assertFolder(join(folder.path, "file")), /\/file: is not a folder/);
  await assert.rejects(assertFolder(join(folder.path, "file/a/b")), /\/file: is not a folder/);
  await assert.rejects(assertFolder(join(folder.path, "dead/a")), /\/dead: is a link that leads nowhere/);
});

const noStore = existsSync("/nix/store") ? false : "there is no Nix store";

test("the Nix store is refused as an output folder", { skip: noStore }, async () => {
  await assert.rejects(
    assertFolder("/nix/store/casement/a"),
    /lies in the Nix store, which Nix alone may write/,
  );
});

test("a file system that makes no folders ends in an error, not in silence", { timeout: 5000 }, async () => {
  await assert.rejects(makeFolder("/proc/casement/a"), /mkdir '\/proc\/casement'/);
});
