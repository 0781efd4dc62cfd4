import assert from "node:assert/strict";
import { duplexPair } from "node:stream";
import { test } from "node:test";
import { setImmediate as turn } from "node:timers/promises";
import { GuestError, ToolError } from "../../../src/errors.ts";
import { createControllerWords, type RelayEnd } from "../../../src/runtime/controller/words.ts";
import { createVitals } from "../../../src/runtime/vitals.ts";

function makeWords() {
  const vitals = createVitals();
  const [port, controller] = duplexPair();
  let asked = "";
  controller.on("data", (chunk: Buffer) => {
    asked += chunk.toString();
  });
  return {
    vitals,
    words: createControllerWords(port, vitals),
    say: (text: string) => void controller.write(text),
    asked: () => asked,
  };
}

async function isSettled(promise: Promise<void>): Promise<boolean> {
  await turn();
  return Promise.race([promise.then(() => true), turn(false)]);
}

test("is asleep, running and ready when the controller says so, one after the other", async () => {
  const { words, say, vitals } = makeWords();
  assert.equal(words.lastSaid(), "nothing yet");
  for (const word of ["asleep", "running", "ready"] as const) {
    say(word.slice(0, 3));
    assert.equal(await isSettled(words[word]), false, `${word} came before its line's end`);
    say(`${word.slice(3)}\n`);
    assert.equal(await isSettled(words[word]), true);
    assert.equal(words.lastSaid(), word);
  }
  assert.equal(vitals.failure(), undefined);
});

test("says what is wanted of the controller, one word a line", async () => {
  const { words, asked } = makeWords();
  words.wake(978_307_200);
  words.disconnect();
  await turn();
  assert.equal(asked(), "wake 978307200\ndisconnect\n");
});

test("has answers in the order of their questions, and a table with its lines", async () => {
  const { words, say, asked } = makeWords();
  const answers = Promise.all([words.random(), words.connections(), words.random()]);
  await turn();
  assert.equal(asked(), "random\nconnections\nrandom\n");
  say("tcp   sl  local_address;   0: 0200A8C0:01BD 00000000:0000 0A;\nrandom 01ab\nrandom 02cd\n");
  assert.deepEqual(await answers, [
    "01ab",
    "  sl  local_address\n   0: 0200A8C0:01BD 00000000:0000 0A\n",
    "02cd",
  ]);
});

test("tells the end of a relayed connection, with what was said of it", async () => {
  const { words, say } = makeWords();
  const ends: RelayEnd[] = [];
  words.onRelayEnd((end) => ends.push(end));
  say("closed 0 \nclosed 143\nclosed 1 nc: can't connect to remote host (192.168.0.1): Connection refused\n");
  await turn();
  assert.deepEqual(ends, [
    { status: 0, said: "" },
    { status: 143, said: "" },
    { status: 1, said: "nc: can't connect to remote host (192.168.0.1): Connection refused" },
  ]);
});

for (const line of ["hello", "unknown random", "closed", "closed by peer", "Ready", " ready"]) {
  test(`a word that is not known fails the stage: ${JSON.stringify(line)}`, async () => {
    const { words, say, vitals } = makeWords();
    words.onRelayEnd(() => assert.fail("it was taken for the end of a connection"));
    say(`${line}\n`);
    await turn();
    const failure = vitals.failure();
    assert.ok(failure instanceof GuestError);
    assert.equal(
      failure.message,
      `controller: the controller said a word that is not known: ${JSON.stringify(line)}`,
    );
    assert.match(failure.hint ?? "", /same version of Casement/);
  });
}

test("what is not known is shown cut", async () => {
  const { say, vitals } = makeWords();
  say(`${"x".repeat(10_000)}\n`);
  await turn();
  assert.match(vitals.failure()?.message ?? "", /"x{300}"$/);
});

test("a question ends with the stage's own failure", async () => {
  const { words, vitals } = makeWords();
  const answer = words.connections();
  vitals.fail(new ToolError("QEMU of the controller exited with 1"));
  await assert.rejects(answer, { message: "QEMU of the controller exited with 1" });
});
