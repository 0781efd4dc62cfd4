import assert from "node:assert/strict";
import { chmod, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { copyVariables, hashVariables } from "../../src/runtime/uefi-vars.ts";
import { makeTempFolder } from "../support/temp-folder.ts";

test("a machine gets variables of its own that it can write, and its parent's stay as they are", async () => {
  await using temp = await makeTempFolder();
  const from = join(temp.path, "parent.fd");
  const to = join(temp.path, "own.fd");
  await writeFile(from, "variables");
  // As in the store.
  await chmod(from, 0o444);
  assert.deepEqual(await copyVariables({ code: "/code.fd", from, to }), { code: "/code.fd", vars: to });
  await writeFile(to, "changed by the guest");
  assert.equal(await readFile(from, "utf8"), "variables");
});

test("a BIOS machine has none, and their files are not looked for", async () => {
  assert.equal(await copyVariables({ code: null, from: "/nowhere", to: "/nowhere/else" }), null);
  assert.equal(await hashVariables(null, "/nowhere"), null);
});

test("the hash is of what the variables hold, and a snapshot without them is not whole", async () => {
  await using temp = await makeTempFolder();
  const file = join(temp.path, "vars.fd");
  await assert.rejects(hashVariables("/code.fd", file), {
    name: "ToolError",
    message: /the snapshot is not whole/,
  });
  await writeFile(file, "a");
  const before = await hashVariables("/code.fd", file);
  assert.equal(before, "ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb");
  await writeFile(file, "b");
  assert.notEqual(await hashVariables("/code.fd", file), before);
});
