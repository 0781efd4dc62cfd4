import assert from "node:assert/strict";
import { chmod, lstat, mkdir, readdir, readFile, readlink, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { copyResult, moveResult } from "../../src/runtime/result.ts";
import { makeTempFolder } from "../support/temp-folder.ts";

for (const [title, move] of [
  ["moved", moveResult],
  ["copied, where the store is another mount", copyResult],
] as const) {
  test(`a folder is ${title}: modes and symlinks stay, dangling and absolute ones too`, async () => {
    await using temp = await makeTempFolder();
    const [from, out] = [join(temp.path, "from"), join(temp.path, "out")];
    await mkdir(join(from, "bin"), { recursive: true });
    await writeFile(join(from, "bin/tool"), "x");
    await chmod(join(from, "bin/tool"), 0o755);
    await writeFile(join(from, "data"), "y", { mode: 0o444 });
    await symlink("bin/tool", join(from, "relative"));
    await symlink("/nix/store/nowhere", join(from, "absolute"));
    await chmod(join(from, "bin"), 0o555);
    await move(from, out);
    assert.deepEqual((await readdir(out)).toSorted(), ["absolute", "bin", "data", "relative"]);
    assert.equal((await lstat(join(out, "bin/tool"))).mode & 0o777, 0o755);
    assert.equal((await lstat(join(out, "bin"))).mode & 0o777, 0o555);
    assert.equal((await lstat(join(out, "data"))).mode & 0o777, 0o444);
    assert.equal(await readlink(join(out, "relative")), "bin/tool");
    assert.equal(await readlink(join(out, "absolute")), "/nix/store/nowhere");
  });
}

test("a single file stays a file", async () => {
  await using temp = await makeTempFolder();
  await writeFile(join(temp.path, "from"), "x");
  await moveResult(join(temp.path, "from"), join(temp.path, "file"));
  assert.equal(await readFile(join(temp.path, "file"), "utf8"), "x");
});
