import assert from "node:assert/strict";
import { lstat, mkdir, readdir, readFile, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { ToolError } from "../../../src/errors.ts";
import { writeSharedScript } from "../../../src/runtime/test-driver/shared-script.ts";
import { makeTempFolder, type TempFolder } from "../../support/temp-folder.ts";

async function makeFolders(): Promise<TempFolder & { shared: string; host: string }> {
  const temp = await makeTempFolder();
  const [shared, host] = [join(temp.path, "shared"), join(temp.path, "host")];
  await mkdir(shared);
  await mkdir(host);
  return { ...temp, shared, host };
}

test("a script is new at each session", async () => {
  await using folders = await makeFolders();
  for (const script of ["one, which is longer", "two"]) {
    assert.equal(await writeSharedScript(folders.shared, "a.sh", script), "a.sh");
    assert.equal(await readFile(join(folders.shared, "run/a.sh"), "utf8"), script);
  }
});

test("a link in the script's place goes, and what it leads to stays", async () => {
  await using folders = await makeFolders();
  await mkdir(join(folders.shared, "run"));
  const precious = join(folders.host, "precious");
  await writeFile(precious, "kept");
  await symlink(precious, join(folders.shared, "run/a.sh"));
  await writeSharedScript(folders.shared, "a.sh", "script");
  assert.equal(await readFile(precious, "utf8"), "kept");
  assert.ok((await lstat(join(folders.shared, "run/a.sh"))).isFile());
});

for (const [what, make] of [
  ["link", (to: string, path: string) => symlink(to, path)],
  ["file", (_to: string, path: string) => writeFile(path, "")],
] as const) {
  test(`a ${what} in the folder's place is refused, and nothing is written`, async () => {
    await using folders = await makeFolders();
    await make(folders.host, join(folders.shared, "run"));
    await assert.rejects(writeSharedScript(folders.shared, "a.sh", "script"), (error) => {
      assert.ok(error instanceof ToolError);
      assert.match(error.message, new RegExp(`/shared/run: a ${what}, and no folder; a node of the test`));
      return true;
    });
    assert.deepEqual(await readdir(folders.host), []);
  });
}
