import assert from "node:assert/strict";
import { rm } from "node:fs/promises";
import { test } from "node:test";
import { ToolError } from "../../src/errors.ts";
import { inWorkspace, StageFailed } from "../../src/runtime/evidence.ts";
import { makeStageFixture } from "./stage-fixture.ts";

test("what failed is told also where no evidence can be kept", async () => {
  await using stage = await makeStageFixture();
  const failing = inWorkspace(stage.runConfig, stage.context, async ({ workspace }) => {
    await rm(workspace.path("evidence"), { recursive: true });
    throw new ToolError("the switch is gone");
  });
  await assert.rejects(failing, (error) => {
    assert.ok(error instanceof StageFailed, String(error));
    assert.equal(error.cause.message, "the switch is gone");
    return true;
  });
});

test("a disk that is full is told as one, wherever in a stage it shows", async () => {
  await using stage = await makeStageFixture();
  const failing = inWorkspace(stage.runConfig, stage.context, async () => {
    throw Object.assign(new Error("ENOSPC: no space left on device, write"), { code: "ENOSPC" });
  });
  await assert.rejects(failing, (error) => {
    assert.ok(error instanceof StageFailed && error.cause instanceof ToolError);
    assert.equal(error.cause.exitCode, 74);
    return true;
  });
});
