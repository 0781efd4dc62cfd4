import assert from "node:assert/strict";
import { constants } from "node:buffer";
import { open } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { dropReferences } from "../../src/runtime/log-references.ts";
import { makeTempFolder } from "../support/temp-folder.ts";

test("store paths are taken out of a log that is larger than a string may be", async () => {
  await using folder = await makeTempFolder();
  const path = (hash: string): string => `/nix/store/${hash}-a`;
  const before = path("0123456789abcdfghijklmnpqrsvwxyz");
  // All else of it is a hole.
  const position = constants.MAX_STRING_LENGTH - 20;
  await using log = await open(join(folder.path, "command.log"), "w+");
  await log.write(before, position);
  await dropReferences(folder.path);
  const { buffer } = await log.read(Buffer.alloc(before.length), 0, before.length, position);
  assert.equal(buffer.toString("latin1"), path("e".repeat(32)));
});
