import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import type { AgentAnswer, Scenario } from "../../fakes/scenario.ts";
import { GuestError } from "../../../src/errors.ts";
import { loadImageRecord } from "../../../src/runtime/records.ts";
import { buildLayer } from "../../../src/runtime/stages/layer.ts";
import { assertGone } from "../../support/processes.ts";
import { rejectsWithEvidence } from "../rejects-with-evidence.ts";
import { makeStageFixture, type StageFixture } from "../stage-fixture.ts";

const ending = (exitCode: number): Scenario => ({
  agent: { answers: { execute: [{ type: "done", exitCode }] } },
});

const restartingAfter = (waitMs: number): Scenario => ({
  agent: { answers: { execute: [{ type: "done", exitCode: 1641 }, { waitMs }, { guest: "RESET" }] } },
});

const asked = async (stage: StageFixture): Promise<string[]> =>
  (await stage.requests()).map((request) => (request.type === "power" ? request.action : request.type));

test("boots an overlay of the image, runs the command, shuts down, and is a new image on the old one", async () => {
  const said: AgentAnswer = {
    type: "output",
    stream: "stdout",
    text: "installed\n",
  };
  await using stage = await makeStageFixture({
    agent: { answers: { execute: [said, { type: "done", exitCode: 0 }] } },
  });
  assert.equal(await buildLayer(stage.layerConfig, stage.context), 0);
  assert.deepEqual(await asked(stage), ["wait-for-ssh", "execute", "shut-down"]);
  const record = await loadImageRecord(stage.out);
  const parent = await loadImageRecord(join(stage.folder, "image"));
  assert.deepEqual(record, {
    ...parent,
    buildId: record.buildId,
    parent: { path: join(stage.folder, "image"), buildId: parent.buildId },
  });
  assert.notEqual(record.buildId, parent.buildId);
  assert.ok(existsSync(join(stage.out, "disk.qcow2")));
  assert.equal(await readFile(join(stage.out, "log/command.log"), "utf8"), "installed\n");
  assert.deepEqual(stage.phases, ["boot", "layer", "shut-down"]);
  assert.equal(stage.output.stdout, "installed\n");
  assert.deepEqual(await readdir(stage.context.top), []);
  await assertGone(await stage.pids());
});

test("restarts once after 3010, and once where the layer says so, also after both", async () => {
  for (const [exitCode, reboot, restarts] of [
    [3010, false, 1],
    [0, true, 1],
    [3010, true, 1],
    [0, false, 0],
  ] as const) {
    await using stage = await makeStageFixture(ending(exitCode));
    assert.equal(await buildLayer({ ...stage.layerConfig, reboot }, stage.context), 0);
    const again = Array.from({ length: restarts }, () => ["restart", "wait-for-ssh"]).flat();
    assert.deepEqual(await asked(stage), ["wait-for-ssh", "execute", ...again, "shut-down"]);
  }
});

test("waits for the restart that the command has begun after 1641", async () => {
  // The command ends before the guest restarts, as msiexec does.
  await using stage = await makeStageFixture(restartingAfter(300));
  assert.equal(await buildLayer(stage.layerConfig, stage.context), 0);
  assert.deepEqual(await asked(stage), ["wait-for-ssh", "execute", "wait-for-ssh", "shut-down"]);
  assert.match(
    stage.logLines.join("\n"),
    /exited with 1641 \(0x669, success, a restart was started \(msiexec\)\)/,
  );
});

for (const [code, exitCodes, want] of [
  [1603, {}, 1603],
  [3010, { restart: [] }, 3010],
  [17, { success: [0, 17] }, 0],
] as const) {
  test(`the policy decides: ${code} with ${JSON.stringify(exitCodes)} is ${want}`, async () => {
    await using stage = await makeStageFixture(ending(code));
    const policy = { ...stage.layerConfig.exitCodes, ...exitCodes };
    const config = {
      ...stage.layerConfig,
      exitCodes: { ...policy, success: [...policy.success], restart: [...policy.restart] },
    };
    assert.equal(await buildLayer(config, stage.context), want);
    assert.equal(existsSync(join(stage.out, "image.json")), want === 0);
    if (want !== 0) assert.match(stage.logLines.join("\n"), /the attribute `image.evidence`/);
    await assertGone(await stage.pids());
  });
}

test("a guest that restarts while the command runs has hidden its code, and the hint says what to do", async () => {
  await using stage = await makeStageFixture({
    agent: {
      answers: {
        execute: [{ type: "step", name: "login" }, { guest: "RESET" }, { never: true }],
      },
    },
  });
  const { cause } = await rejectsWithEvidence(buildLayer(stage.layerConfig, stage.context), {
    error: /^layer: the guest restarted, and nothing had told it to$/,
    exitCode: 72,
  });
  assert.ok(cause instanceof GuestError);
  assert.match(cause.hint ?? "", /msiexec \/norestart/);
  await assertGone(await stage.pids());
});

test("a command over the layer's time ends as a timeout, and the hint says what sets the limit", async () => {
  await using stage = await makeStageFixture({
    agent: { answers: { execute: [{ type: "step", name: "login" }, { never: true }] } },
  });
  const settings = { ...stage.layerConfig.settings, timeoutMinutes: 0.5 / 60 };
  const { cause } = await rejectsWithEvidence(buildLayer({ ...stage.layerConfig, settings }, stage.context), {
    error: /^layer: the command was not done within 0\.0083\d* minutes$/,
    exitCode: 75,
  });
  assert.ok(cause instanceof GuestError);
  assert.match(cause.hint ?? "", /^timeoutMinutes of the layer/);
  await assertGone(await stage.pids());
});

test("a layer's time is the command's, and not that of the restarts after it", async () => {
  await using stage = await makeStageFixture(restartingAfter(1500));
  const settings = { ...stage.layerConfig.settings, timeoutMinutes: 1 / 60 };
  assert.equal(await buildLayer({ ...stage.layerConfig, settings }, stage.context), 0);
});

test("a layer does not go on another machine than its image", async () => {
  await using stage = await makeStageFixture();
  const hardware = { ...stage.layerConfig.hardware, firmware: "uefi" as const };
  await assert.rejects(
    buildLayer({ ...stage.layerConfig, hardware }, stage.context),
    /hardware\.firmware: the image has "bios", this layer "uefi"/,
  );
  assert.deepEqual(await stage.pids(), []);
});
