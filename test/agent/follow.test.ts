import assert from "node:assert/strict";
import { appendFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { setTimeout as delay } from "node:timers/promises";
import { follow } from "../../src/agent/follow.ts";
import { makeTempFolder } from "../support/temp-folder.ts";

test("hands on what is appended within half a second, and all of it at the end", async () => {
  await using folder = await makeTempFolder();
  const file = join(folder.path, "output");
  await writeFile(file, "");
  const taken: Buffer[] = [];
  const seen = (): string => Buffer.concat(taken).toString();
  {
    await using following = await follow(file, async (data) => {
      taken.push(data);
    });
    void following;
    for (const line of ["one\n", "two\n"]) {
      await appendFile(file, line);
      const began = performance.now();
      while (!seen().endsWith(line)) {
        assert.ok(performance.now() - began < 500, `${line.trim()} did not come`);
        await delay(5);
      }
    }
    await appendFile(file, "x".repeat(200_000));
    await appendFile(file, "last\n");
  }
  assert.equal(seen(), `one\ntwo\n${"x".repeat(200_000)}last\n`);
});

test("goes no faster than what it hands on is taken", async () => {
  await using folder = await makeTempFolder();
  const file = join(folder.path, "output");
  await writeFile(file, "x".repeat(500_000));
  let inFlight = 0;
  let most = 0;
  let bytes = 0;
  {
    await using following = await follow(file, async (data) => {
      inFlight += 1;
      most = Math.max(most, inFlight);
      await delay(2);
      bytes += data.length;
      inFlight -= 1;
    });
    void following;
  }
  assert.deepEqual({ most, bytes }, { most: 1, bytes: 500_000 });
});

test("leaving waits for nobody who still writes", async () => {
  await using folder = await makeTempFolder();
  const file = join(folder.path, "output");
  await writeFile(file, "before\n");
  let left = false;
  let after = 0;
  const following = await follow(file, async () => {
    if (left) after += 1;
    assert.ok(after < 10, "it goes on for as long as somebody writes");
    await appendFile(file, "more\n");
  });
  const leaving = following[Symbol.asyncDispose]();
  left = true;
  await leaving;
});

test("whoever takes it and fails is heard at the end", async () => {
  await using folder = await makeTempFolder();
  const file = join(folder.path, "output");
  await writeFile(file, "x");
  const following = await follow(file, () => Promise.reject(new Error("the port is gone")));
  await assert.rejects(async () => following[Symbol.asyncDispose](), /the port is gone/);
});
