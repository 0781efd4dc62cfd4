import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { report, timelineFiles } from "../../../src/contract/filenames.ts";
import { type Timeline, timelineSchema, type TimelineStep } from "../../../src/contract/timeline.ts";
import { runCommand } from "../../../src/runtime/stages/run.ts";
import type { Scenario } from "../../fakes/scenario.ts";
import { rejectsWithEvidence } from "../rejects-with-evidence.ts";
import { makeStageFixture } from "../stage-fixture.ts";

const step = (name: string) => ({ type: "step" as const, name });

const whole: Scenario = {
  agent: {
    answers: {
      execute: [
        ...["banner", "key-exchange", "login", "prepare"].map(step),
        { waitMs: 60 },
        step("map-drives"),
        { waitMs: 120 },
        { writes: "run/exit-code" },
        { waitMs: 80 },
        { packs: true },
        step("pack"),
        { waitMs: 80 },
        ...["execute", "logout"].map(step),
        { type: "done", exitCode: 0 },
      ],
    },
  },
};

async function read(folder: string): Promise<Timeline> {
  return timelineSchema.parse(JSON.parse(await readFile(join(folder, timelineFiles.json), "utf8")));
}

function find(timeline: Timeline, who: TimelineStep["who"], name: string): TimelineStep {
  const found = timeline.steps.find((candidate) => candidate.who === who && candidate.name === name);
  assert.ok(found, `${who} ${name} is not in ${JSON.stringify(timeline.steps, null, 1)}`);
  return found;
}

test("a report's details hold the run's steps, from the snapshot's check to the machines' end", async () => {
  await using stage = await makeStageFixture(whole);
  await runCommand({ ...stage.runConfig, keeps: "report" }, stage.context);
  const timeline = await read(join(stage.out, report.details));
  assert.equal(timeline.title, "run demo");
  assert.deepEqual(
    timeline.phases.map(({ name }) => name),
    ["revive", "run", "collect"],
  );
  const order = (who: TimelineStep["who"]): string[] =>
    timeline.steps.filter((each) => each.who === who).map(({ name }) => name);
  assert.deepEqual(order("runtime"), [
    "checks the snapshot",
    "starts the switch",
    "unpacks the outputs",
    "writes the report",
    "ends the machines",
  ]);
  assert.deepEqual(order("guest"), [
    "makes its disk's overlay",
    "starts QEMU",
    "loads memory and devices",
    "goes on",
    "shows its screen",
  ]);
  assert.deepEqual(order("controller"), [
    "starts QEMU",
    "loads memory and devices",
    "wakes",
    "brings the shares up",
  ]);
  assert.deepEqual(order("agent"), [
    "waits for sshd's first word",
    "exchanges keys",
    "logs in",
    "lays out the session's files",
    "maps the drives",
    "runs the command",
    "packs the outputs",
    "unmaps the drives",
    "logs out",
  ]);
  assert.deepEqual([...new Set(timeline.steps.map(({ outcome }) => outcome))], ["done"]);
  assert.match(
    await readFile(join(stage.out, report.details, timelineFiles.text), "utf8"),
    /maps the drives +\| +#/,
  );
});

test("guest and controller start at the same time, and what follows another step does not overlap it", async () => {
  await using stage = await makeStageFixture(whole);
  await runCommand({ ...stage.runConfig, keeps: "report" }, stage.context);
  const timeline = await read(join(stage.out, report.details));
  const controller = find(timeline, "controller", "starts QEMU");
  assert.ok(find(timeline, "guest", "makes its disk's overlay").startMs < controller.endMs);
  assert.ok(controller.startMs < find(timeline, "guest", "starts QEMU").endMs);
  const agent = timeline.steps.filter(({ who }) => who === "agent");
  for (const [index, each] of agent.entries()) {
    assert.ok(each.startMs >= (agent[index - 1]?.endMs ?? 0), each.name);
  }
  const took = (name: string): number => {
    const { startMs, endMs } = find(timeline, "agent", name);
    return endMs - startMs;
  };
  assert.ok(took("runs the command") >= 100, `the command took ${took("runs the command")} ms`);
  assert.ok(find(timeline, "runtime", "ends the machines").endMs <= timeline.totalMs);
});

test("the log of a run names its longest steps in one line", async () => {
  await using stage = await makeStageFixture(whole);
  await runCommand(stage.runConfig, stage.context);
  const lines = stage.logLines.filter((line) => line.includes("longest: "));
  assert.equal(lines.length, 1);
  assert.match(lines[0] ?? "", /longest: \w+ .* \d\.\d\d s, \w+ .* s, \w+ .* s$/);
  assert.ok(
    !stage.logLines.some((line) => line.includes("key-exchange")),
    "small steps are for the timeline",
  );
});

test("a step that fails is shown as failed, in the evidence folder", async () => {
  await using stage = await makeStageFixture({
    agent: {
      answers: {
        execute: [step("banner"), { type: "failed", step: "login", reason: "no more words" }],
      },
    },
  });
  const failed = await rejectsWithEvidence(runCommand(stage.runConfig, stage.context), {
    error: /no more words/,
    exitCode: 72,
  });
  const timeline = await read(failed.evidence);
  assert.equal(find(timeline, "agent", "waits for sshd's first word").outcome, "done");
  assert.equal(find(timeline, "agent", "exchanges keys").outcome, "failed");
  assert.match(
    await readFile(join(failed.evidence, timelineFiles.text), "utf8"),
    /exchanges keys \(failed\)/,
  );
});

test("a memory that cannot be loaded is a step that failed, beside the controller's that was cut off", async () => {
  await using stage = await makeStageFixture({
    guest: { loadError: "not a device state" },
    controller: { silent: true },
  });
  const failed = await rejectsWithEvidence(runCommand(stage.runConfig, stage.context), {
    error: /not a device state/,
    exitCode: 71,
  });
  const timeline = await read(failed.evidence);
  assert.equal(find(timeline, "guest", "loads memory and devices").outcome, "failed");
  assert.equal(timeline.steps.findLast(({ who }) => who === "controller")?.outcome, "failed");
});

test("evidence of a command that hangs shows the command as what went wrong, and the machines' end", async () => {
  await using stage = await makeStageFixture({
    agent: { answers: { execute: [step("map-drives"), { never: true }] } },
  });
  const settings = { ...stage.runConfig.settings, timeoutMinutes: 2 / 60 };
  assert.equal(await runCommand({ ...stage.runConfig, keeps: "evidence", settings }, stage.context), 0);
  const timeline = await read(join(stage.out, report.details));
  assert.equal(find(timeline, "agent", "runs the command").outcome, "failed");
  assert.equal(find(timeline, "runtime", "ends the machines").outcome, "done");
});
