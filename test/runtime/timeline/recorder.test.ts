import assert from "node:assert/strict";
import { test } from "node:test";
import { timelineSchema } from "../../../src/contract/timeline.ts";
import { createRecorder } from "../../../src/runtime/timeline/recorder.ts";

/** A recorder whose time passes only when a test says so. */
function makeRecorder() {
  let nowMs = 0;
  return {
    timeline: createRecorder(() => nowMs),
    pass: (ms: number): void => {
      nowMs += ms;
    },
  };
}

test("steps that overlap keep their own start and end, and are told by their start", () => {
  const { timeline, pass } = makeRecorder();
  using guest = timeline.begin("guest", "starts QEMU");
  pass(10);
  using controller = timeline.begin("controller", "boots");
  pass(5.04);
  guest.done();
  pass(100);
  controller.done();
  timeline.ended("runtime", "loads", 2);
  assert.deepEqual(timeline.read("run demo"), {
    version: 1,
    title: "run demo",
    totalMs: 115,
    phases: [],
    steps: [
      { name: "starts QEMU", who: "guest", startMs: 0, endMs: 15, outcome: "done" },
      { name: "loads", who: "runtime", startMs: 2, endMs: 115, outcome: "done" },
      { name: "boots", who: "controller", startMs: 10, endMs: 115, outcome: "done" },
    ],
  });
});

test("a step whose work fails is failed, and its error is the caller's", async () => {
  const { timeline, pass } = makeRecorder();
  await assert.rejects(
    timeline.step("guest", "loads", async () => {
      pass(7);
      throw new Error("no such file");
    }),
    /no such file/,
  );
  pass(3);
  assert.deepEqual(timeline.read("x").steps, [
    { name: "loads", who: "guest", startMs: 0, endMs: 7, outcome: "failed" },
  ]);
});

test("what goes on is unfinished up to now, and is done later", () => {
  const { timeline, pass } = makeRecorder();
  using step = timeline.begin("agent", "runs the command");
  pass(4);
  const read = (): string =>
    timeline
      .read("x")
      .steps.map(({ endMs, outcome }) => `${endMs} ${outcome}`)
      .join();
  assert.equal(read(), "4 unfinished");
  step.done();
  pass(4);
  assert.equal(read(), "4 done");
});

test("a step that did not take place is none, and one can be named at its end", () => {
  const { timeline } = makeRecorder();
  timeline.begin("agent", "unpacks").forget();
  timeline.begin("agent", "runs").done("runs and packs");
  assert.deepEqual(
    timeline.read("x").steps.map(({ name }) => name),
    ["runs and packs"],
  );
});

test("a phase lasts until the next one, the last until now", () => {
  const { timeline, pass } = makeRecorder();
  pass(1);
  timeline.phase("revive");
  pass(2);
  timeline.phase("run");
  pass(3);
  const read = timeline.read("x");
  assert.deepEqual(read.phases, [
    { name: "revive", startMs: 1, endMs: 3 },
    { name: "run", startMs: 3, endMs: 6 },
  ]);
  assert.deepEqual(timelineSchema.parse(read), read);
});
