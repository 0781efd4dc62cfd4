import assert from "node:assert/strict";
import { test } from "node:test";
import type { Port } from "../../src/agent/port.ts";
import { type Handlers, serve } from "../../src/agent/serve.ts";
import type { Sleep } from "../../src/agent/sleep.ts";
import { StepError } from "../../src/agent/step-error.ts";
import { type AgentEvent, eventSchema } from "../../src/contract/messages.ts";

const waitForSsh = { type: "wait-for-ssh", address: "a", port: 22, timeoutMs: 5 };

async function talk(
  lines: readonly string[],
  handle: Handlers["handle"],
  sleep?: Sleep,
): Promise<AgentEvent[]> {
  const events: AgentEvent[] = [];
  const port: Port = {
    received: (async function* () {
      // Cut in the middle of lines, as a port does.
      const bytes = Buffer.from(lines.join("\n"));
      for (let at = 0; at < bytes.length; at += 7) yield bytes.subarray(at, at + 7);
    })(),
    write: async (bytes) => {
      for (const line of Buffer.from(bytes).toString().trim().split("\n")) {
        events.push(eventSchema.parse(JSON.parse(line)));
      }
    },
  };
  await serve(port, { untilSharesAnswer: async () => undefined, handle }, sleep);
  return events;
}

test("says hello and ready, answers each request once and in order, and ends with power-off", async () => {
  const events = await talk(
    [
      JSON.stringify({ id: 1, ...waitForSsh }),
      "",
      JSON.stringify({ id: 2, type: "power-off" }),
      JSON.stringify({ id: 3, ...waitForSsh }),
    ],
    async (_request, { report }) => {
      await report.step("connect");
      await report.output("stderr", Buffer.from([0xff, 0]));
      return { exitCode: null, text: "busy" };
    },
  );
  assert.deepEqual(
    events.map((event) => ("elapsedMs" in event ? { ...event, elapsedMs: 0 } : event)),
    [
      { type: "hello", version: 1 },
      { type: "ready" },
      { type: "step", id: 1, name: "connect", elapsedMs: 0 },
      { type: "output", id: 1, stream: "stderr", data: "/wA=" },
      { type: "done", id: 1, exitCode: null, text: "busy" },
      { type: "done", id: 2, exitCode: null },
    ],
  );
});

test("one that sleeps says so when it is prepared, and hello when it was woken", async () => {
  const done: string[] = [];
  const events = await talk(
    ["wake 1767225600", JSON.stringify({ id: 1, type: "power-off" })],
    async () => ({ exitCode: null }),
    {
      prepare: async () => void done.push("prepared"),
      wake: async (word) => void done.push(word),
      untilMounted: async () => void done.push("mounted"),
    },
  );
  assert.deepEqual(
    events.map(({ type }) => type),
    ["asleep", "hello", "ready", "done"],
  );
  assert.deepEqual(done, ["prepared", "wake 1767225600", "mounted"]);
});

test("requests are answered before the shares are up, and find out when they are", async () => {
  const mounted = Promise.withResolvers<void>();
  const said: string[] = [];
  await talk(
    ["wake 1767225600", JSON.stringify({ id: 1, ...waitForSsh })],
    async (_request, { shares }) => {
      said.push("request");
      mounted.resolve();
      await shares;
      said.push("shares");
      return { exitCode: null };
    },
    { prepare: async () => undefined, wake: async () => undefined, untilMounted: () => mounted.promise },
  );
  assert.deepEqual(said, ["request", "shares"]);
});

test("shares that never come up end the agent, whatever is asked of it", async () => {
  const sleep = {
    prepare: async () => undefined,
    wake: async () => undefined,
    untilMounted: async () => assert.fail("9p"),
  };
  const asked = talk(
    ["wake 1767225600", JSON.stringify({ id: 1, ...waitForSsh })],
    async (_request, { shares }) => {
      await shares;
      return { exitCode: null };
    },
    sleep,
  );
  await assert.rejects(asked, /9p/);
});

test("one that sleeps ends when the runtime has gone, as it does after the freeze", async () => {
  const sleep = {
    prepare: async () => undefined,
    wake: async () => assert.fail("nobody woke it"),
    untilMounted: async () => undefined,
  };
  const events = await talk([], async () => ({ exitCode: null }), sleep);
  assert.deepEqual(events, [{ type: "asleep" }]);
});

test("a request that fails says its step, reason and observation, and the next one is served", async () => {
  let calls = 0;
  const events = await talk(
    [JSON.stringify({ id: 1, ...waitForSsh }), JSON.stringify({ id: 2, ...waitForSsh })],
    async () => {
      calls += 1;
      if (calls === 1) throw new StepError("connect", "no answer", { observation: "silence" });
      return { exitCode: null };
    },
  );
  assert.deepEqual(events.slice(2), [
    { type: "failed", id: 1, step: "connect", reason: "no answer", observation: "silence" },
    { type: "done", id: 2, exitCode: null },
  ]);
});

test("a fault of the agent's own is reported with its stack and not swallowed", async () => {
  const [failed] = (
    await talk([JSON.stringify({ id: 1, ...waitForSsh })], async () => {
      throw new TypeError("x is undefined");
    })
  ).slice(2);
  assert.ok(failed?.type === "failed");
  assert.equal(failed.step, "agent");
  assert.match(failed.observation ?? "", /serve\.test\.ts/);
});

test("a line that is no request is answered with its id", async () => {
  const events = await talk(['{"id":9,"type":"reboot"}', "nonsense"], async () => ({ exitCode: null }));
  assert.deepEqual(
    events.slice(2).map((event) => (event.type === "failed" ? [event.id, event.step] : event)),
    [
      [9, "protocol"],
      [0, "protocol"],
    ],
  );
});

test("a line without end is refused before it fills the memory", async () => {
  await assert.rejects(
    talk(["x".repeat(1_100_000)], async () => ({ exitCode: null })),
    /a line has more than 1048576 bytes/,
  );
});

test("input goes to the request that runs, which need not be waited for, and none to the one after it", async () => {
  const input = (id: number, text: string) =>
    JSON.stringify({ id, type: "input", data: Buffer.from(text).toString("base64") });
  const sizes: number[][] = [];
  const texts: string[] = [];
  await talk(
    [
      JSON.stringify({ id: 1, ...waitForSsh }),
      input(1, "typed "),
      JSON.stringify({ id: 1, type: "window", columns: 100, rows: 40 }),
      input(1, "text"),
      JSON.stringify({ id: 1, type: "end-of-input" }),
      JSON.stringify({ id: 2, ...waitForSsh }),
      input(1, "late"),
      JSON.stringify({ id: 1, type: "window", columns: 1, rows: 1 }),
      JSON.stringify({ id: 2, type: "end-of-input" }),
    ],
    async (_request, { typed }) => {
      typed.onWindow((columns, rows) => sizes.push([columns, rows]));
      texts.push((await typed.bytes.toArray()).join(""));
      return { exitCode: null };
    },
  );
  assert.deepEqual([texts, sizes], [["typed text", ""], [[100, 40]]]);
});
