import assert from "node:assert/strict";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";

const agent = join(import.meta.dirname, "../../src/agent");

test("the agent draws nothing from what Node keeps in store: a frozen one would give it again in each run", async () => {
  const files = await readdir(agent);
  assert.ok(files.length > 20);
  for (const file of files) {
    const text = await readFile(join(agent, file), "utf8");
    assert.doesNotMatch(text, /randomUUID|randomInt|Math\.random/, `${file}: use randomBytes`);
  }
});
