import assert from "node:assert/strict";
import { mkdir, readFile, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { serveScreenshots } from "../../src/runtime/screenshots.ts";
import { makeTempFolder } from "../support/temp-folder.ts";

async function answerIn(file: string): Promise<string> {
  for (let tries = 0; tries < 400; tries++) {
    const text = await readFile(file, "utf8");
    if (text !== "" && !text.startsWith("wanted")) return text;
    await new Promise((resolve) => {
      setTimeout(resolve, 5);
    });
  }
  throw new Error(`${file} was not answered`);
}

test("a picture that is asked for is taken once, and the answer stands in the file that asked", async () => {
  await using temp = await makeTempFolder();
  const folder = join(temp.path, "screenshots");
  const taken: string[] = [];
  await using service = await serveScreenshots(folder, async (name) => {
    taken.push(name);
  });
  for (const [name, line] of [
    ["first", "wanted\n"],
    ["second.1", "wanted\r\n"],
  ] as const) {
    await writeFile(join(folder, name), line);
    assert.equal(await answerIn(join(folder, name)), "taken\n");
  }
  assert.deepEqual(
    [taken, service.taken],
    [
      ["first", "second.1"],
      ["first", "second.1"],
    ],
  );
});

test("one that was asked for before the host looked is answered too", async () => {
  await using temp = await makeTempFolder();
  await mkdir(join(temp.path, "s"));
  await writeFile(join(temp.path, "s/early"), "wanted");
  await using service = await serveScreenshots(join(temp.path, "s"), async () => undefined);
  assert.equal(await answerIn(join(temp.path, "s/early")), "taken\n");
  assert.deepEqual(service.taken, ["early"]);
});

test("a name that is asked for again is taken again", async () => {
  await using temp = await makeTempFolder();
  let count = 0;
  await using service = await serveScreenshots(temp.path, async () => {
    count += 1;
  });
  for (let times = 1; times <= 2; times++) {
    await writeFile(join(temp.path, "again"), "wanted\n");
    assert.equal(await answerIn(join(temp.path, "again")), "taken\n");
    assert.equal(count, times);
  }
  assert.deepEqual(service.taken, ["again", "again"]);
});

test("what is no small file is left alone, and keeps nobody else from an answer", async () => {
  await using temp = await makeTempFolder();
  const folder = join(temp.path, "s");
  await mkdir(join(folder, "a-folder"), { recursive: true });
  await writeFile(join(temp.path, "of-the-host"), "wanted\n");
  await symlink(join(temp.path, "of-the-host"), join(folder, "b-link"));
  await writeFile(join(folder, "d-large"), "wanted".padEnd(1025));
  await using service = await serveScreenshots(folder, async () => undefined);
  await writeFile(join(folder, "z"), "wanted");
  assert.equal(await answerIn(join(folder, "z")), "taken\n");
  assert.deepEqual(service.taken, ["z"]);
  assert.equal(await readFile(join(temp.path, "of-the-host"), "utf8"), "wanted\n");
});

test("what cannot be done is said: a name that is none, a screen that cannot be had", async () => {
  await using temp = await makeTempFolder();
  await using service = await serveScreenshots(temp.path, async () => {
    throw new Error("screendump failed");
  });
  await writeFile(join(temp.path, "-x"), "wanted");
  assert.match(
    await answerIn(join(temp.path, "-x")),
    /^failed: not a picture's name, got "-x"; allowed: letters/,
  );
  await writeFile(join(temp.path, "x"), "wanted");
  assert.equal(await answerIn(join(temp.path, "x")), "failed: screendump failed\n");
  assert.deepEqual(service.taken, []);
});
