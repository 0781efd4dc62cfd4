import assert from "node:assert/strict";
import { Duplex } from "node:stream";
import { test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { GuestError, ToolError } from "../../../src/errors.ts";
import { createAgentClient } from "../../../src/runtime/controller/agent-client.ts";
import { createVitals } from "../../../src/runtime/vitals.ts";

function makeClient() {
  const vitals = createVitals();
  const sent: string[] = [];
  const port = new Duplex({
    read: () => undefined,
    write(chunk: Buffer, _encoding, done) {
      sent.push(chunk.toString());
      done();
    },
  });
  const say = (...messages: object[]): void => {
    for (const message of messages) port.push(`${JSON.stringify(message)}\n`);
  };
  return { agent: createAgentClient(port, vitals), vitals, sent, say, port };
}

const wait = { type: "wait-for-ssh", address: "192.168.0.1", port: 22, timeoutMs: 1000 } as const;

test("is ready when the agent says so", async () => {
  const { agent, say } = makeClient();
  let ready = false;
  void agent.ready.then(() => {
    ready = true;
  });
  say({ type: "hello", version: 1 });
  await sleep(5);
  assert.equal(ready, false);
  assert.equal(agent.lastSaid(), "hello");
  say({ type: "ready" });
  await agent.ready;
});

test("hands on steps and output of its request, byte for byte, and ends with done", async () => {
  const { agent, say, sent } = makeClient();
  const seen: string[] = [];
  const answer = agent.request(wait, {
    stage: "boot",
    onStep: (name, elapsedMs) => seen.push(`${name} ${elapsedMs}`),
    onOutput: (stream, data) => seen.push(`${stream} ${data.toString("hex")}`),
  });
  say(
    { type: "step", id: 1, name: "connect", elapsedMs: 7 },
    { type: "output", id: 1, stream: "stderr", data: Buffer.from([0xff, 0, 10]).toString("base64") },
    { type: "done", id: 1, exitCode: null },
  );
  assert.deepEqual(await answer, { type: "done", id: 1, exitCode: null });
  assert.deepEqual(seen, ["connect 7", "stderr ff000a"]);
  assert.deepEqual(sent, [`${JSON.stringify({ ...wait, id: 1 })}\n`]);
});

test("takes no notice of news of a request that was given up", async () => {
  const { agent, say } = makeClient();
  await assert.rejects(agent.request(wait, { stage: "boot", timeoutMs: 10 }), GuestError);
  const second = agent.request(wait, { stage: "boot" });
  say({ type: "done", id: 1, exitCode: null }, { type: "done", id: 2, exitCode: null });
  assert.equal((await second).id, 2);
});

test("a failed request names its stage, its step and what was seen", async () => {
  const { agent, say } = makeClient();
  const answer = agent.request(wait, { stage: "boot" });
  say({ type: "failed", id: 1, step: "connect", reason: "no banner in 1 s", observation: "ECONNREFUSED" });
  await assert.rejects(answer, (error) => {
    assert.ok(error instanceof GuestError);
    assert.equal(error.message, "boot: connect: no banner in 1 s");
    assert.equal(error.observation, "ECONNREFUSED");
    return true;
  });
});

test("an agent that does not begin, or does not end, is noticed, with its last word", async () => {
  const { agent, say } = makeClient();
  say({ type: "ready" });
  await assert.rejects(agent.request(wait, { stage: "run", firstNewsMs: 20 }), {
    message: "run: waited 0.02 s for the agent in the controller to begin wait-for-ssh",
    observation: "the agent's last word was: ready",
  });
  await assert.rejects(agent.request(wait, { stage: "run", timeoutMs: 20 }), /to end wait-for-ssh/);
});

test("ends with the stage's own failure as soon as there is one", async () => {
  const { agent, vitals } = makeClient();
  const answer = agent.request(wait, { stage: "run" });
  vitals.fail(new ToolError("QEMU of the controller exited with 1"));
  await assert.rejects(answer, { message: "QEMU of the controller exited with 1" });
});

for (const line of ["not json", '{"type":"done"}', '{"type":"hello","version":2}']) {
  test(`fails the stage at what is no message: ${line}`, async () => {
    const { vitals, port } = makeClient();
    port.push(`${line}\n`);
    await sleep(5);
    assert.match(vitals.failure()?.message ?? "", /is not a message of version 1/);
  });
}
