import assert from "node:assert/strict";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { xchg } from "../../../src/contract/filenames.ts";
import { watchSession } from "../../../src/runtime/timeline/watch-session.ts";
import { makeTempFolder } from "../../support/temp-folder.ts";

test("a session's exit code is seen when it is there", async () => {
  await using folder = await makeTempFolder();
  await mkdir(join(folder.path, xchg.run));
  const seen: string[] = [];
  using _ = watchSession(folder.path, (name) => seen.push(name));
  const until = async (name: string): Promise<void> => {
    for (let tries = 0; !seen.includes(name); tries += 1) {
      assert.ok(tries < 500, `${name} was not seen`);
      await sleep(10);
    }
  };
  await writeFile(join(folder.path, xchg.run, "main.cmd"), "");
  await sleep(30);
  assert.deepEqual(seen, []);
  await writeFile(join(folder.path, xchg.exitCode), "0\n");
  await until("command");
});

test("a folder that is not there tells nothing", async () => {
  await using folder = await makeTempFolder();
  using _ = watchSession(join(folder.path, "none"), () => assert.fail("there is nothing to see"));
});
