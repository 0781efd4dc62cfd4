import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { runCommand } from "../../../src/runtime/stages/run.ts";
import { assertGone } from "../../support/processes.ts";
import { makeStageFixture } from "../stage-fixture.ts";

test("revives, runs the command, streams its output and moves its result to the output", async () => {
  const output = (stream: "stdout" | "stderr", text: string) => ({
    type: "output" as const,
    stream,
    data: Buffer.from(text).toString("base64"),
  });
  await using stage = await makeStageFixture({
    controller: {
      answers: {
        execute: [
          { type: "step", name: "login", elapsedMs: 12 },
          output("stdout", "hello\n"),
          output("stderr", "warning\n"),
          { type: "done", exitCode: 0 },
        ],
      },
      result: { "bin/tool": "x" },
    },
  });
  assert.equal(await runCommand(stage.runConfig, stage.context), 0);
  assert.deepEqual(stage.output, { stdout: "hello\n", stderr: "warning\n" });
  assert.equal(await readFile(join(stage.context.out, "bin/tool"), "utf8"), "x");
  assert.deepEqual(stage.phases, ["revive", "run", "collect"]);
  await assertGone(await stage.pids());
  assert.equal((await stage.pids()).length, 3);
});
