import assert from "node:assert/strict";
import { readdir } from "node:fs/promises";
import { test } from "node:test";
import { controllerSettings } from "../../src/agent/agent-settings.ts";
import { warmUp } from "../../src/agent/warm-up.ts";
import { makeTempFolder } from "../support/temp-folder.ts";

test("goes through a whole session, and leaves nothing", async (t) => {
  await using temp = await makeTempFolder();
  const before = process.env["TMPDIR"];
  t.after(() => {
    if (before === undefined) delete process.env["TMPDIR"];
    else process.env["TMPDIR"] = before;
  });
  process.env["TMPDIR"] = temp.path;
  await warmUp(controllerSettings);
  assert.deepEqual(await readdir(temp.path), []);
});
