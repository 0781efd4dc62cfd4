import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { runCommand } from "../../../src/runtime/stages/run.ts";
import { assertGone } from "../../support/processes.ts";
import { rejectsWithEvidence } from "../rejects-with-evidence.ts";
import { makeStageFixture } from "../stage-fixture.ts";

const output = (stream: "stdout" | "stderr", text: string) => ({
  type: "output" as const,
  stream,
  text,
});

const hash = "0123456789abcdfghijklmnpqrsvwxyz";
const storePath = (ofHash: string): string => `/nix/store/${ofHash}-input`;

test("revives, runs the command, streams its output and moves its result to the output", async () => {
  await using stage = await makeStageFixture({
    agent: {
      answers: {
        execute: [
          { type: "step", name: "login" },
          output("stdout", "hello\n"),
          output("stderr", "warning\n"),
          { type: "done", exitCode: 0 },
        ],
      },
      result: { "out/bin/tool": "x" },
    },
  });
  assert.equal(await runCommand(stage.runConfig, stage.context), 0);
  assert.deepEqual(stage.output, { stdout: "hello\n", stderr: "warning\n" });
  assert.equal(await readFile(join(stage.out, "bin/tool"), "utf8"), "x");
  assert.deepEqual(stage.phases, ["revive", "run", "collect"]);
  assert.equal((await stage.pids()).length, 3);
  await assertGone(await stage.pids());
  assert.deepEqual(await readdir(stage.context.top), [], "the working folder is gone");
});

test("hands the agent the login, the script and the environment, and leaves the clock alone", async () => {
  await using stage = await makeStageFixture();
  await runCommand(
    {
      ...stage.runConfig,
      command: { ...stage.runConfig.command, environment: { A: "b" }, passAsFile: { text: "long" } },
    },
    stage.context,
  );
  assert.deepEqual(await stage.requests(), [
    {
      type: "execute",
      access: "cygwin",
      user: "nix",
      password: "secret",
      hostKey: "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAItest",
      timeoutMs: 10_000,
      kind: "bash",
      script: "script.sh",
      environment: { A: "b" },
      passAsFile: ["text"],
      structuredAttributes: false,
      outputs: { out: stage.out },
      makeOutputs: true,
      collect: "success",
      shell: null,
      desktopSeconds: null,
      last: true,
      setClockEpochSeconds: null,
      sessionTimeoutMs: 60_000,
    },
  ]);
});

test("the agent reaches the guest by way of the controller, one connection after the other", async () => {
  await using stage = await makeStageFixture({
    controller: { banner: "SSH-2.0-fake" },
    agent: {
      answers: {
        execute: [
          { asks: "connection" },
          { asks: "connection" },
          { asks: "connections" },
          { type: "done", exitCode: 0 },
        ],
      },
    },
  });
  assert.equal(await runCommand(stage.runConfig, stage.context), 0);
  const table = "  sl  local_address rem_address   st\n   0: 0200A8C0:9000 0100A8C0:0016 01\n";
  assert.equal(stage.output.stdout, `SSH-2.0-fake\nSSH-2.0-fake\n${table}`);
});

test("an agent of another version is refused, and nothing stays behind", async () => {
  await using stage = await makeStageFixture();
  const agent = join(stage.folder, "other.mjs");
  await writeFile(agent, "export const agentVersion = 1;");
  await rejectsWithEvidence(runCommand({ ...stage.runConfig, agent }, stage.context), {
    error: /other\.mjs: is no agent of version 2, got 1$/,
    exitCode: 71,
  });
  await assertGone(await stage.pids());
});

test("a command for the desktop is sent there, and has a minute to begin", async () => {
  await using stage = await makeStageFixture();
  await runCommand(
    { ...stage.runConfig, command: { ...stage.runConfig.command, desktop: true } },
    stage.context,
  );
  const [request] = await stage.requests();
  assert.ok(request?.type === "execute");
  assert.equal(request.desktopSeconds, 60);
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
      agent: {
        answers: { execute: [{ type: "done", exitCode: code }] },
        result: { "out/half-done": "x" },
      },
    });
    assert.equal(await runCommand(stage.runConfig, stage.context), code);
    assert.match(stage.logLines.join("\n"), new RegExp(`the command exited with ${code} \\(0x`));
    assert.equal(existsSync(stage.out), false);
    await assertGone(await stage.pids());
  });
}

test("a command that a signal ended is named so", async () => {
  await using stage = await makeStageFixture({
    agent: { answers: { execute: [{ type: "done", exitCode: 137 }] } },
  });
  assert.equal(await runCommand(stage.runConfig, stage.context), 137);
  assert.match(stage.logLines.join("\n"), /exited with 137 \(0x89, ended by signal 9\)/);
});

const failing = (code: number) => ({
  agent: {
    answers: { execute: [output("stderr", "it broke\n"), { type: "done" as const, exitCode: code }] },
    result: { "out/half-done": "x" },
  },
});

test("a report holds log, exit code, screenshot, what the command left, and the stage's own details", async () => {
  await using stage = await makeStageFixture({
    agent: {
      answers: { execute: [output("stdout", "hello\n"), { type: "done", exitCode: 0 }] },
      result: { "out/junit.xml": "<x/>" },
    },
  });
  const controller = {
    ...stage.runConfig.controller,
    // One that is revived is not given its kernel.
    frozen: null,
    kernel: "/nix/store/0123456789abcdfghijklmnpqrsvwxyz-kernel/vmlinux",
  };
  assert.equal(await runCommand({ ...stage.runConfig, controller, keeps: "report" }, stage.context), 0);
  const read = (name: string): Promise<string> => readFile(join(stage.out, name), "utf8");
  assert.equal(await read("log"), "hello\n");
  assert.equal(await read("exit-code"), "0\n");
  assert.equal(await read("outputs/out/junit.xml"), "<x/>");
  assert.ok(existsSync(join(stage.out, "screenshot.png")));
  assert.match(await read("details/stage.log"), /revives/);
  const command = await read("details/controller.command");
  assert.match(
    command,
    /\/nix\/store\/e{32}-kernel\/vmlinux/,
    "a report does not keep the machine in the store",
  );
  assert.ok(existsSync(join(stage.out, "details/com1.log")));
  assert.deepEqual(await readdir(stage.context.top), []);
});

test("a report of a command that fails is none: the code passes through, and the log says what keeps evidence", async () => {
  await using stage = await makeStageFixture(failing(3));
  assert.equal(await runCommand({ ...stage.runConfig, keeps: "report" }, stage.context), 3);
  assert.equal(existsSync(stage.out), false);
  assert.match(stage.logLines.join("\n"), /its attribute `evidence` runs it once more/);
});

test("evidence of a command that fails is a success, with its code and what it left", async () => {
  await using stage = await makeStageFixture(failing(256));
  assert.equal(await runCommand({ ...stage.runConfig, keeps: "evidence" }, stage.context), 0);
  const read = (name: string): Promise<string> => readFile(join(stage.out, name), "utf8");
  assert.deepEqual([await read("log"), await read("exit-code")], ["it broke\n", "256\n"]);
  assert.equal(await read("outputs/out/half-done"), "x");
  const [request] = await stage.requests();
  assert.equal(request?.type === "execute" && request.collect, "always");
});

test("evidence of a command that hangs is a success without an exit code", async () => {
  await using stage = await makeStageFixture({
    agent: {
      answers: {
        execute: [
          output("stdout", `waiting for ${storePath(hash)}\n`),
          { type: "step", name: "x" },
          { never: true },
        ],
      },
    },
  });
  const settings = { ...stage.runConfig.settings, timeoutMinutes: 2 / 60 };
  assert.equal(await runCommand({ ...stage.runConfig, keeps: "evidence", settings }, stage.context), 0);
  assert.equal(await readFile(join(stage.out, "log"), "utf8"), `waiting for ${storePath("e".repeat(32))}\n`);
  assert.equal(existsSync(join(stage.out, "exit-code")), false);
  assert.ok(existsSync(join(stage.out, "screenshot.png")));
  await assertGone(await stage.pids());
});

test("casement's own failures are never kept as evidence", async () => {
  await using stage = await makeStageFixture({
    agent: { answers: { execute: [{ type: "failed", step: "login", reason: "refused" }] } },
  });
  await assert.rejects(
    runCommand({ ...stage.runConfig, keeps: "evidence" }, stage.context),
    /login: refused/,
  );
  assert.equal(existsSync(stage.out), false);
});

test("a command that fails in a phase of a builder names it", async () => {
  const phase = '@nix { "action": "setPhase", "phase": "checkPhase" }\n';
  await using stage = await makeStageFixture({
    agent: { answers: { execute: [output("stderr", phase), { type: "done", exitCode: 2 }] } },
  });
  await runCommand(stage.runConfig, stage.context);
  assert.match(stage.logLines.join("\n"), /the command exited with 2 \(0x2\) in checkPhase/);
});

test("a builder's outputs are its own to make, each goes to its place, and one that is missing is left to Nix", async () => {
  await using stage = await makeStageFixture({
    agent: { result: { "dev-out/include/x.h": "x", "bin-out": "a file" } },
  });
  const outputs = { out: stage.out, dev: join(stage.folder, "dev-out"), bin: join(stage.folder, "bin-out") };
  const command = { ...stage.runConfig.command, makeOutputs: false };
  assert.equal(await runCommand({ ...stage.runConfig, outputs, command }, stage.context), 0);
  assert.equal(await readFile(join(outputs.dev, "include/x.h"), "utf8"), "x");
  assert.equal(await readFile(outputs.bin, "utf8"), "a file");
  assert.equal(existsSync(outputs.out), false);
});
