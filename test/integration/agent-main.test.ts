import assert from "node:assert/strict";
import { readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { run } from "../../src/process/run.ts";
import { bundle } from "../../tools/bundle.ts";
import { makeTempFolder } from "../support/temp-folder.ts";

test("compiles all of itself into Node's cache, and ends", async () => {
  await using temp = await makeTempFolder();
  const agent = join(temp.path, "agent.mjs");
  const cache = join(temp.path, "compiled");
  await writeFile(agent, await bundle("src/agent/main.ts", join(import.meta.dirname, "../..")));
  const { stdout } = await run({
    file: process.execPath,
    args: [agent, "--compile"],
    env: { NODE_COMPILE_CACHE: cache },
  });
  assert.equal(stdout, "", "it speaks to nobody");
  assert.equal((await readdir(cache)).length, 1);
});
