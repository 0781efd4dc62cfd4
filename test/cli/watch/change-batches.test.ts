import assert from "node:assert/strict";
import { setTimeout as sleep } from "node:timers/promises";
import { test } from "node:test";
import { batchChanges } from "../../../src/cli/watch/change-batches.ts";

test("changes in quick succession are one batch, each path once", async () => {
  const changes = batchChanges(new AbortController().signal);
  const batch = changes.next();
  for (const path of ["a", "b", "a"]) {
    changes.note(path);
    await sleep(2);
  }
  assert.deepEqual(await batch, ["a", "b"]);
});

test("what comes while nobody waits is not lost", async () => {
  const changes = batchChanges(new AbortController().signal);
  changes.note("a");
  await changes.untilSome();
  assert.deepEqual(await changes.next(), ["a"]);
  changes.note("b");
  assert.deepEqual(await changes.next(), ["b"]);
});

test("a file that never rests is taken all the same", async () => {
  const changes = batchChanges(new AbortController().signal);
  const timer = setInterval(() => changes.note("log"), 5);
  assert.deepEqual(await changes.next(), ["log"]);
  clearInterval(timer);
});

test("it is over at once when the signal says so", async () => {
  const end = new AbortController();
  const changes = batchChanges(end.signal);
  const batch = changes.next();
  end.abort();
  assert.equal(await batch, undefined);
  await changes.untilSome();
  changes.note("too late");
  assert.equal(await changes.next(), undefined);
});
