import assert from "node:assert/strict";
import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { timelineFiles } from "../../src/contract/filenames.ts";
import type { StageConfig } from "../../src/contract/stage-config.ts";
import { timelineSchema } from "../../src/contract/timeline.ts";
import { type Running, spawn } from "../../src/process/spawn.ts";
import { assertGone } from "../support/processes.ts";
import { makeStageFixture, type StageFixture } from "./stage-fixture.ts";

const main = fileURLToPath(new URL("../../src/runtime/main.ts", import.meta.url));

interface Ended {
  readonly exitCode: number | undefined;
  readonly stdout: string;
  readonly stderr: string;
}

/** Starts the runtime as the derivation's builder does; structured lines go to descriptor 2, as in a build. */
async function startMain(
  stage: StageFixture,
  config: StageConfig,
  env: Readonly<Record<string, string>> = {},
): Promise<Running & { read(): string }> {
  const file = join(stage.folder, "stage.json");
  await writeFile(file, JSON.stringify(config));
  const running = await spawn({
    file: process.execPath,
    args: [main, file],
    env: { NIX_LOG_FD: "2", NIX_BUILD_TOP: stage.context.top, ...env },
  });
  let stdout = "";
  running.stdout.on("data", (chunk: Buffer) => {
    stdout += chunk.toString();
  });
  return { ...running, read: () => stdout };
}

async function runMain(
  stage: StageFixture,
  config: StageConfig,
  env?: Readonly<Record<string, string>>,
): Promise<Ended> {
  const running = await startMain(stage, config, env);
  const { exitCode } = await running.exited;
  return { exitCode, stdout: running.read(), stderr: running.lastStderr() };
}

test("CASEMENT_TIMELINE is a folder that gets the timeline, from the start of the process to the machines' end", async () => {
  await using stage = await makeStageFixture();
  await runMain(stage, stage.runConfig, { CASEMENT_TIMELINE: stage.folder });
  const text = await readFile(join(stage.folder, timelineFiles.json), "utf8");
  const { title, steps } = timelineSchema.parse(JSON.parse(text));
  assert.equal(title, "run demo");
  assert.deepEqual(
    [steps[0]?.name, steps[0]?.startMs, steps.at(-1)?.name],
    ["loads Node and itself", 0, "ends the machines"],
  );
});

test("a command's output comes on stdout, phases and progress on stderr", async () => {
  await using stage = await makeStageFixture({
    agent: {
      answers: {
        execute: [
          { type: "output", stream: "stdout", text: "hello\n" },
          { type: "done", exitCode: 0 },
        ],
      },
    },
  });
  const ended = await runMain(stage, stage.runConfig);
  assert.deepEqual(
    { exitCode: ended.exitCode, stdout: ended.stdout },
    { exitCode: 0, stdout: "hello\n" },
    ended.stderr,
  );
  assert.match(ended.stderr, /^@nix \{"action":"setPhase","phase":"revive"\}$/m);
  assert.match(ended.stderr, /^\[ +\d\.\d+ s\] run demo: done in /m);
  assert.deepEqual(await readdir(stage.out), []);
  await assertGone(await stage.pids());
});

for (const [code, exitCode] of [
  [42, 42],
  [0xc000_0005, 255],
] as const) {
  test(`a command's code ${code} is the build's code ${exitCode}`, async () => {
    await using stage = await makeStageFixture({
      agent: { answers: { execute: [{ type: "done", exitCode: code }] } },
    });
    const ended = await runMain(stage, stage.runConfig);
    assert.equal(ended.exitCode, exitCode);
    assert.match(ended.stderr, new RegExp(`the command exited with ${code} \\(0x`));
    assert.doesNotMatch(ended.stderr, /error:|evidence:/);
  });
}

test("a failure prints stage, reason, observation and the evidence folder, and no stack", async () => {
  await using stage = await makeStageFixture({
    agent: {
      answers: {
        execute: [
          {
            type: "failed",
            step: "login",
            reason: "password\u001B[2J refused",
            observation: "sshd\rsaid no",
          },
        ],
      },
    },
  });
  const ended = await runMain(stage, stage.runConfig);
  assert.equal(ended.exitCode, 72);
  assert.match(ended.stderr, /^error: run: login: password refused\n {2}sshd said no\n/m);
  const [, evidence = ""] = /^ {2}evidence: (.*)$/m.exec(ended.stderr) ?? [];
  assert.ok((await readdir(evidence)).includes("screenshot.png"));
  assert.match(ended.stderr, /--keep-failed/);
  assert.doesNotMatch(ended.stderr, /^ +at /m);
});

test("a debug session that fails says that its evidence stays, and how it goes", async () => {
  await using stage = await makeStageFixture({
    agent: { answers: { execute: [{ type: "failed", step: "login", reason: "password refused" }] } },
  });
  const ended = await runMain(stage, stage.debugConfig);
  assert.equal(ended.exitCode, 72);
  const [folder = ""] = await readdir(stage.context.top);
  const path = join(stage.context.top, folder);
  assert.deepEqual((await readdir(path)).toSorted(), ["evidence", "xchg"]);
  assert.ok(ended.stderr.includes(`\n  evidence: ${path}/evidence\n`), ended.stderr);
  assert.ok(ended.stderr.endsWith(`; when you have looked: rm -r ${path})`), ended.stderr);
  assert.doesNotMatch(ended.stderr, /--keep-failed/);
});

test("a configuration with faults lists each with its path", async () => {
  await using stage = await makeStageFixture();
  const file = join(stage.folder, "bad.json");
  await writeFile(file, JSON.stringify({ ...stage.runConfig, name: 7, ram: "relative" }));
  await using running = await spawn({ file: process.execPath, args: [main, file], env: { out: "/nowhere" } });
  running.stdout.resume();
  assert.equal((await running.exited).exitCode, 71);
  assert.match(running.lastStderr(), /name: .*string/);
  assert.match(running.lastStderr(), /ram: .*"\/"/);
});

test("SIGTERM ends everything within three seconds", async () => {
  await using stage = await makeStageFixture({
    guest: { busy: true },
    agent: {
      answers: { execute: [{ type: "step", name: "login" }, { never: true }] },
    },
  });
  const running = await startMain(stage, stage.runConfig);
  while (!running.lastStderr().includes("[agent] login")) await sleep(20);
  const pids = await stage.pids();
  assert.equal(pids.length, 3);
  const started = performance.now();
  process.kill(running.pid, "SIGTERM");
  const { exitCode } = await running.exited;
  assert.ok(performance.now() - started < 3000);
  assert.equal(exitCode, 143);
  await assertGone(pids, 200);
  assert.match(running.lastStderr(), /error: ended by SIGTERM/);
  assert.deepEqual(await readdir(stage.context.top), []);
});

for (const name of ["stdout", "stderr"] as const) {
  test(`a debug session ends in order, and leaves nothing, when nobody reads ${name} any more`, async () => {
    const line = { type: "output", stream: name, text: "line\n" } as const;
    const lines = Array.from({ length: 20 }, () => [{ waitMs: 50 }, line]).flat();
    await using stage = await makeStageFixture({
      agent: { answers: { execute: [{ type: "step", name: "login" }, ...lines] } },
    });
    const running = await startMain(stage, stage.debugConfig);
    while (!running.lastStderr().includes("[agent] login")) await sleep(20);
    running[name].destroy();
    assert.equal((await running.exited).exitCode, 71);
    await assertGone(await stage.pids(), 200);
    assert.deepEqual(await readdir(stage.context.top), []);
  });
}

test("the switch ends with the runtime, even when that is killed outright", async () => {
  await using stage = await makeStageFixture({
    agent: { answers: { execute: [{ type: "step", name: "login" }, { never: true }] } },
  });
  const running = await startMain(stage, stage.runConfig);
  while (!running.lastStderr().includes("[agent] login")) await sleep(20);
  process.kill(running.pid, "SIGKILL");
  await running.exited;
  await assertGone([await stage.switchPid()]);
});
