import assert from "node:assert/strict";
import { PassThrough } from "node:stream";
import { test } from "node:test";
import { sleepUnderInit } from "../../src/agent/sleep.ts";

const day = 24 * 3600 * 1000;

/** An /init that sets the clock to the seconds that it is told, and says so. */
function makeInit(frozenAtMs: number) {
  const said = new PassThrough();
  const tell = new PassThrough();
  const told: string[] = [];
  let nowMs = frozenAtMs;
  tell.on("data", (chunk: Buffer) => {
    const line = chunk.toString();
    told.push(line);
    nowMs = Number(/\d+/.exec(line)?.[0]) * 1000;
    said.write("awake\n");
  });
  return { said, tell, told, now: () => nowMs };
}

test("hands the word on to /init, and is awake when that says so", async () => {
  const init = makeInit(Date.UTC(2000, 0, 1));
  const done: string[] = [];
  const sleep = sleepUnderInit(async () => void done.push("prepared"), init);
  await sleep.prepare();
  await sleep.wake("wake 1767225600");
  assert.deepEqual([done, init.told], [["prepared"], ["wake 1767225600\n"]]);
  init.said.write("mounted\n");
  await sleep.untilMounted();
});

test("an /init that says something else, or nothing more, is an error that says what was expected", async () => {
  const init = makeInit(Date.UTC(2000, 0, 1));
  const sleep = sleepUnderInit(async () => undefined, init);
  await sleep.prepare();
  await sleep.wake("wake 1767225600");
  init.said.end("poweroff\n");
  await assert.rejects(sleep.untilMounted(), /\/init: expected 'mounted', got "poweroff"/);
  await assert.rejects(sleep.untilMounted(), /\/init: expected 'mounted', got "nothing more"/);
});

for (const { title, leapMs } of [
  { title: "a day on", leapMs: day },
  { title: "years back", leapMs: -3000 * day },
]) {
  test(`a clock that was moved ${title} renews OpenSSL's generators`, async () => {
    const frozenAt = Date.UTC(2000, 0, 1);
    const sleep = sleepUnderInit(async () => undefined, makeInit(frozenAt));
    await sleep.prepare();
    await sleep.wake(`wake ${(frozenAt + leapMs) / 1000}`);
  });
}

test("refuses a clock near the freeze's, because OpenSSL would give what it gives in every run", async () => {
  const frozenAt = Date.UTC(2000, 0, 1);
  const sleep = sleepUnderInit(async () => undefined, makeInit(frozenAt));
  await sleep.prepare();
  await assert.rejects(sleep.wake(`wake ${frozenAt / 1000 + 86_399}`), /randomness: .*a day.*got 86399 s/);
});

test("refuses another word, before /init is asked for anything", async () => {
  const init = makeInit(0);
  const sleep = sleepUnderInit(async () => undefined, init);
  await sleep.prepare();
  await assert.rejects(sleep.wake('{"type":"power-off"}'), /expected 'wake SECONDS', got "\{/);
  assert.deepEqual(init.told, []);
});
