import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { test } from "node:test";
import { setImmediate as turn } from "node:timers/promises";
import {
  type AgentEnd,
  type AgentRequest,
  type AgentSurroundings,
  type AgentTalk,
  agentVersion,
} from "../../src/contract/agent.ts";
import { exitCodes, GuestError, ToolError } from "../../src/errors.ts";
import { createAgentClient, loadAgent } from "../../src/runtime/agent-client.ts";
import { createVitals } from "../../src/runtime/vitals.ts";
import { makeTempFolder } from "../support/temp-folder.ts";
import { createScriptedConsole } from "./scripted-console.ts";

/** A request that an agent has got, whose end is up to the test. */
interface Call {
  readonly request: AgentRequest;
  readonly talk: AgentTalk;
  readonly end: (end: AgentEnd) => void;
  readonly fail: (error: Error) => void;
}

const surroundings: AgentSurroundings = {
  xchg: "/nowhere",
  connect: () => assert.fail("nobody connects here"),
  connections: () => assert.fail("nobody asks for connections here"),
  shares: Promise.resolve(),
};

function makeClient() {
  const vitals = createVitals();
  const calls: Call[] = [];
  const given: AgentSurroundings[] = [];
  const createAgent = (around: AgentSurroundings) => {
    given.push(around);
    return {
      request(request: AgentRequest, talk: AgentTalk): Promise<AgentEnd> {
        const { promise, resolve, reject } = Promise.withResolvers<AgentEnd>();
        calls.push({ request, talk, end: resolve, fail: reject });
        return promise;
      },
    };
  };
  return {
    vitals,
    given,
    agent: createAgentClient({ agentVersion, createAgent }, surroundings, vitals),
    /** The request that was made last. */
    call: (): Call => calls.at(-1) ?? assert.fail("no request"),
  };
}

const wait = { type: "wait-for-ssh", timeoutMs: 1000 } as const;
const done = { type: "done", exitCode: null } as const;

test("an agent gets its surroundings, and its request as it was made", async () => {
  const { agent, call, given } = makeClient();
  const answer = agent.request(wait, { stage: "boot" });
  assert.deepEqual(given, [surroundings]);
  assert.deepEqual(call().request, wait);
  call().end({ ...done, text: "42" });
  assert.deepEqual(await answer, { ...done, text: "42" });
});

test("hands on steps and output of its request, byte for byte, and ends with done", async () => {
  const { agent, call } = makeClient();
  const seen: unknown[] = [];
  const answer = agent.request(wait, {
    stage: "boot",
    onStep: (name, elapsedMs) => seen.push([name, elapsedMs >= 0 && elapsedMs < 1000]),
    onOutput: (stream, data) => seen.push([stream, data.toString("hex")]),
  });
  const { talk, end } = call();
  talk.step("banner");
  await talk.output("stderr", Buffer.from([0xff, 0, 10]));
  talk.step("login");
  end(done);
  assert.deepEqual(await answer, done);
  assert.deepEqual(seen, [
    ["banner", true],
    ["stderr", "ff000a"],
    ["login", true],
  ]);
});

test("tells nothing of a request that is over", async () => {
  const { agent, call } = makeClient();
  const seen: string[] = [];
  const options = {
    stage: "boot",
    onStep: (name: string) => seen.push(name),
    onOutput: (stream: string) => seen.push(stream),
  };
  await assert.rejects(agent.request(wait, { ...options, timeoutMs: 10 }), GuestError);
  const first = call();
  const second = agent.request(wait, options);
  first.talk.step("banner");
  await first.talk.output("stdout", Buffer.from("late"));
  first.fail(new Error("late"));
  call().talk.step("login");
  call().end(done);
  await second;
  call().talk.step("logout");
  assert.deepEqual(seen, ["login"]);
});

test("a failed request names its stage, its step and what was seen", async () => {
  const { agent, call } = makeClient();
  const answer = agent.request(wait, { stage: "boot" });
  call().end({ type: "failed", step: "connect", reason: "no banner in 1 s", observation: "ECONNREFUSED" });
  await assert.rejects(answer, (error) => {
    assert.ok(error instanceof GuestError);
    assert.equal(error.message, "boot: connect: no banner in 1 s");
    assert.equal(error.observation, "ECONNREFUSED");
    return true;
  });
});

test("a fault of the agent's own comes as it is", async () => {
  const { agent, call } = makeClient();
  const answer = agent.request(wait, { stage: "boot", firstNewsMs: 1000, timeoutMs: 1000 });
  const fault = new TypeError("undefined is not a function");
  call().fail(fault);
  await assert.rejects(answer, fault);
});

test("an agent that does not begin, or does not end, is noticed, with its last step", async () => {
  const { agent, call } = makeClient();
  await assert.rejects(agent.request(wait, { stage: "run", firstNewsMs: 20, timeoutMs: 10_000 }), {
    message: "run: waited 0.02 s for the agent to begin wait-for-ssh",
    observation: "its last step was: none yet",
  });
  const slow = agent.request(wait, { stage: "run", firstNewsMs: 1000, timeoutMs: 20 });
  call().talk.step("banner");
  await assert.rejects(slow, {
    message: "run: waited 0.02 s for the agent to end wait-for-ssh",
    observation: "its last step was: banner",
  });
});

for (const [title, tell] of [
  ["a step", ({ talk }: Call) => talk.step("banner")],
  ["output", ({ talk }: Call) => void talk.output("stdout", Buffer.from("x"))],
] as const) {
  test(`${title} is news, after which the command may take its time`, async (t) => {
    t.mock.timers.enable({ apis: ["setTimeout"] });
    const { agent, call } = makeClient();
    const answer = agent.request(wait, { stage: "run", firstNewsMs: 20 });
    tell(call());
    await turn();
    t.mock.timers.tick(1_000_000);
    call().end(done);
    assert.deepEqual(await answer, done);
  });
}

test("a request that is done at once needs no other news", async () => {
  const { agent, call } = makeClient();
  const answer = agent.request(wait, { stage: "run", firstNewsMs: 1000 });
  call().end(done);
  assert.deepEqual(await answer, done);
});

test("ends with the stage's own failure as soon as there is one", async () => {
  const { agent, vitals } = makeClient();
  const answer = agent.request(wait, { stage: "run" });
  vitals.fail(new ToolError("QEMU of the controller exited with 1"));
  await assert.rejects(answer, { message: "QEMU of the controller exited with 1" });
});

test("what a person types goes to the request, with each size of the window, until it is over", async () => {
  const { agent, call } = makeClient();
  const { console, typing } = createScriptedConsole();
  let isAttached = false;
  const watched: typeof console = {
    ...console,
    attach(to) {
      console.attach(to);
      isAttached = true;
      return {
        [Symbol.dispose]: () => {
          isAttached = false;
        },
      };
    },
  };
  const answer = agent.request(wait, { stage: "run", console: watched });
  const { typed } = call().talk;
  const sizes: number[][] = [];
  // Sizes from before somebody listens are not for anybody.
  await typing.resize(1, 1);
  typed.onWindow((columns, rows) => sizes.push([columns, rows]));
  await typing.type("uname");
  await typing.type(" -a\n");
  await typing.resize(100, 40);
  await typing.end();
  assert.equal(await text(typed.bytes), "uname -a\n");
  assert.deepEqual(sizes, [[100, 40]]);
  assert.equal(isAttached, true);
  call().end(done);
  await answer;
  assert.equal(isAttached, false, "the terminal is the person's again");
});

const hint = "Runtime and agent have to come from the same version of Casement.";

test("loads an agent of its version from a file", async () => {
  await using folder = await makeTempFolder();
  const file = join(folder.path, "a gent#1.mjs");
  await writeFile(
    file,
    `export const agentVersion = ${agentVersion}; export const createAgent = () => "agent";`,
  );
  const { createAgent } = await loadAgent(file);
  assert.equal(createAgent(surroundings), "agent");
});

for (const [title, code, error] of [
  [
    "an agent of another version",
    "export const agentVersion = 1, createAgent = () => 0;",
    /\/agent\.mjs: is no agent of version 2, got 1$/,
  ],
  ["another module", "export const main = 1;", /\/agent\.mjs: is no agent of version 2, got none$/],
  [
    "an agent that makes none",
    `export const agentVersion = ${agentVersion};`,
    /\/agent\.mjs: is no agent of version 2/,
  ],
  ["what is no JavaScript", "{", /\/agent\.mjs: cannot be loaded as an agent: SyntaxError/],
  [
    "no file",
    null,
    /\/agent\.mjs: cannot be loaded as an agent: Error \[ERR_MODULE_NOT_FOUND\]: Cannot find module/,
  ],
] as const) {
  test(`${title} is refused in place of an agent`, async () => {
    await using folder = await makeTempFolder();
    const file = join(folder.path, "agent.mjs");
    if (code !== null) await writeFile(file, code);
    await assert.rejects(loadAgent(file), (thrown) => {
      assert.ok(thrown instanceof ToolError);
      assert.match(thrown.message, error);
      assert.equal(thrown.hint, hint);
      assert.equal(thrown.exitCode, exitCodes.tool);
      return true;
    });
  });
}
