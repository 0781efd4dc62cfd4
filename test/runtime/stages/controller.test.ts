import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { readdir, readFile, readlink, stat } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { exitCodes, GuestError, ToolError } from "../../../src/errors.ts";
import { loadControllerRecord, loadRamRecord } from "../../../src/runtime/records.ts";
import { freezeController } from "../../../src/runtime/stages/controller.ts";
import { runCommand } from "../../../src/runtime/stages/run.ts";
import { assertGone } from "../../support/processes.ts";
import { bootedController } from "../controller-fixture.ts";
import { rejectsWithEvidence } from "../rejects-with-evidence.ts";
import { makeStageFixture } from "../stage-fixture.ts";

test("freezes a controller that sleeps into two outputs that carry the same build id", async () => {
  await using stage = await makeStageFixture();
  await freezeController(stage.controllerConfig, stage.context);
  const { out = "", ram = "" } = stage.controllerConfig.outputs;
  const record = await loadControllerRecord(out);
  assert.equal((await loadRamRecord(ram)).buildId, record.buildId);
  assert.deepEqual(record.fingerprint.controller, bootedController(stage.folder));
  assert.equal(record.fingerprint.qemu, stage.tools.qemu);
  assert.equal(record.fingerprint.host, null);
  assert.equal(record.ram.bytes, 256 * 2 ** 20);
  assert.equal(await readlink(join(out, "ram")), ram, "what keeps one output keeps both");
  for (const file of [join(ram, "ram"), join(out, "device-state")]) {
    assert.equal((await stat(file)).mode & 0o777, 0o444, file);
  }
  assert.equal(existsSync(join(out, "log/controller.command")), true);
  assert.deepEqual(stage.phases, ["boot", "freeze", "prove"]);
  const epoch = Date.UTC(2001, 0, 1) / 1000;
  assert.deepEqual(await stage.wakes(), [`wake ${epoch}`, `wake ${epoch}`], "two, which are compared");
  assert.deepEqual(await readdir(stage.context.top), [], "the working folder is gone");
  await assertGone(await stage.pids());
});

test("a controller whose generator gives the same in each run is refused, with what it gave", async () => {
  await using stage = await makeStageFixture({ controller: { sameRandom: true } });
  const { cause } = await rejectsWithEvidence(freezeController(stage.controllerConfig, stage.context), {
    error: /^prove: two revived controllers draw the same random bytes$/,
    exitCode: exitCodes.guest,
  });
  assert.ok(cause instanceof GuestError);
  assert.equal(cause.observation, `both drew: ${"5a".repeat(32)}`);
  assert.equal(existsSync(join(stage.controllerConfig.outputs["out"] ?? "", "controller.json")), false);
  await assertGone(await stage.pids());
});

test("a controller that cannot be frozen fails the stage with QEMU's reason", async () => {
  await using stage = await makeStageFixture({ controller: { migrateError: "9p is mounted" } });
  await assert.rejects(
    freezeController(stage.controllerConfig, stage.context),
    /device-state could not be written: 9p is mounted/,
  );
  assert.equal(existsSync(join(stage.controllerConfig.outputs["out"] ?? "", "controller.json")), false);
  await assertGone(await stage.pids());
});

test("a file system without room for the controller's RAM is refused before anything starts", async () => {
  await using stage = await makeStageFixture({}, { freeBytes: async () => 2 ** 20 });
  await assert.rejects(freezeController(stage.controllerConfig, stage.context), (error) => {
    assert.ok(error instanceof ToolError && error.exitCode === exitCodes.space);
    assert.match(error.message, /the controller's RAM \(256 MiB\)/);
    return true;
  });
  assert.deepEqual(await stage.pids(), []);
});

test("a run revives the frozen controller, and wakes it with the time at which the guest was frozen", async () => {
  await using stage = await makeStageFixture();
  await runCommand(stage.runConfig, stage.context);
  assert.deepEqual(await stage.wakes(), [`wake ${Date.UTC(2026, 0, 1) / 1000}`]);
  const calls = await readFile(join(stage.folder, "calls"), "utf8");
  const controller = calls.split("\n").find((line) => line.includes("virtserialport")) ?? "";
  assert.match(controller, /share=off,readonly=on,rom=off,mem-path=[^"]*\/controller-ram\/ram"/);
  assert.doesNotMatch(controller, /"-kernel"/);
});

test("a controller of the user's own boots in every run", async () => {
  await using stage = await makeStageFixture();
  const controller = { ...stage.runConfig.controller, frozen: null };
  assert.equal(await runCommand({ ...stage.runConfig, controller }, stage.context), 0);
  assert.deepEqual(await stage.wakes(), []);
  const calls = await readFile(join(stage.folder, "calls"), "utf8");
  assert.match(calls, /"-kernel","[^"]*\/vmlinux"/);
});
