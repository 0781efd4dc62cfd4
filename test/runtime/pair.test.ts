import assert from "node:assert/strict";
import { test } from "node:test";
import { inWorkspace } from "../../src/runtime/evidence.ts";
import { loadParents } from "../../src/runtime/parents.ts";
import { revive } from "../../src/runtime/revive.ts";
import { makeStageFixture } from "./stage-fixture.ts";

test("nobody waits for the shares of a pair that has ended: the timer of that wait would keep a process for minutes", async () => {
  await using stage = await makeStageFixture({ controller: { silent: true } });
  const { runConfig: config, context } = stage;
  const record = await loadParents(config, context.host);
  const { shares } = await inWorkspace(config, context, async (place) => ({
    shares: (await revive(config, context, { place, record })).shares,
  }));
  await assert.rejects(shares, { message: "the controller has ended" });
});
