import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { runCommand } from "../../../src/runtime/stages/run.ts";
import { assertGone } from "../../support/processes.ts";
import { makeStageFixture } from "../stage-fixture.ts";

const output = (stream: "stdout" | "stderr", text: string) => ({
  type: "output" as const,
  stream,
  data: Buffer.from(text).toString("base64"),
});

test("revives, runs the command, streams its output and moves its result to the output", async () => {
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
  assert.equal((await stage.pids()).length, 3);
  await assertGone(await stage.pids());
  assert.deepEqual(await readdir(stage.context.top), [], "the working folder is gone");
});

test("hands the agent the login, the script and the environment, and leaves the clock alone", async () => {
  await using stage = await makeStageFixture();
  await runCommand(
    { ...stage.runConfig, command: { ...stage.runConfig.command, environment: { A: "b" } } },
    stage.context,
  );
  assert.deepEqual(await stage.requests(), [
    {
      id: 1,
      type: "execute",
      address: "192.168.0.1",
      port: 22,
      access: "cygwin",
      user: "nix",
      password: "secret",
      hostKey: "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAItest",
      timeoutMs: 10_000,
      kind: "bash",
      script: "script.sh",
      environment: { A: "b" },
      setClockEpochSeconds: null,
      sessionTimeoutMs: 60_000,
    },
  ]);
});

test("clock: host sets the guest's clock and reports the jump", async () => {
  await using stage = await makeStageFixture();
  const settings = { ...stage.runConfig.settings, clock: "host" as const };
  await runCommand({ ...stage.runConfig, settings }, stage.context);
  const [request] = await stage.requests();
  assert.ok(request?.type === "execute");
  assert.equal(request.setClockEpochSeconds, Date.UTC(2026, 5, 1) / 1000);
  assert.match(stage.logLines.join("\n"), /jumps by 13046400 s/);
});

for (const [title, evaluationExpires, clock, want] of [
  ["is over, by both clocks", "2026-05-31", "host", /expired on 2026-05-31: it shuts itself down about once/],
  [
    "is over, and the guest's clock stands before that",
    "2026-05-31",
    "snapshot",
    /expired on 2026-05-31: the guest's clock stands at 2026-01-01, so it may not notice/,
  ],
  ["was over before the freeze", "2025-12-31", "snapshot", /it shuts itself down about once an hour/],
  ["is not over yet", "2026-06-02", "host", undefined],
  ["never ends", null, "host", undefined],
] as const) {
  test(`${want === undefined ? "says nothing of" : "warns of"} an edition whose evaluation ${title}`, async () => {
    await using stage = await makeStageFixture();
    const settings = { ...stage.runConfig.settings, clock };
    await runCommand({ ...stage.runConfig, evaluationExpires, settings }, stage.context);
    const warnings = stage.logLines.filter((line) => line.includes("warning: "));
    assert.equal(warnings.length, want === undefined ? 0 : 1);
    if (want !== undefined) assert.match(warnings[0] ?? "", want);
  });
}

for (const code of [42, 256, 0xc000_0005]) {
  test(`a command that exits with ${code} has no output, and its code is told whole`, async () => {
    await using stage = await makeStageFixture({
      controller: { answers: { execute: [{ type: "done", exitCode: code }] }, result: { "half-done": "x" } },
    });
    assert.equal(await runCommand(stage.runConfig, stage.context), code);
    assert.match(stage.logLines.join("\n"), new RegExp(`the command exited with ${code} \\(0x`));
    assert.equal(existsSync(stage.context.out), false);
    await assertGone(await stage.pids());
  });
}

test("a command that a signal ended is named so", async () => {
  await using stage = await makeStageFixture({
    controller: { answers: { execute: [{ type: "done", exitCode: 137 }] } },
  });
  assert.equal(await runCommand(stage.runConfig, stage.context), 137);
  assert.match(stage.logLines.join("\n"), /exited with 137 \(0x89, ended by signal 9\)/);
});
