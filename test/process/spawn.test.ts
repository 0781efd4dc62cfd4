import assert from "node:assert/strict";
import { test } from "node:test";
import { ToolError } from "../../src/errors.ts";
import { spawn } from "../../src/process/spawn.ts";
import { assertGone, isAlive } from "../support/processes.ts";

const sh = (script: string) => ({ file: "sh", args: ["-c", script] });

test("tells how a process ended, with the last lines of its stderr", async () => {
  await using running = await spawn(sh("echo oh no >&2; exit 3"));
  const exit = await running.exited;
  assert.deepEqual(exit, { exitCode: 3, signal: undefined, how: "exited with 3" });
  assert.equal(running.lastStderr(), "oh no");
});

test("notices the end of a process whose stdout nobody reads", async () => {
  await using running = await spawn(sh("echo unread; kill -9 $$"));
  assert.equal((await running.exited).how, "was ended by SIGKILL");
});

test("leaving the scope ends the process and what it has started", async () => {
  let pid = 0;
  let child = 0;
  {
    await using running = await spawn(sh("sleep 60 & echo $!; wait"));
    pid = running.pid;
    child = await new Promise<number>((resolve) => {
      running.stdout.once("data", (chunk: Buffer) => resolve(Number(chunk.toString())));
    });
    assert.ok(isAlive(pid) && isAlive(child));
  }
  await assertGone([pid, child]);
});

test("kills what does not end at SIGTERM, after the grace time", async () => {
  const running = await spawn(sh("trap '' TERM; echo ready; while :; do sleep 0.05; done"), { graceMs: 200 });
  await new Promise((resolve) => running.stdout.once("data", resolve));
  const started = performance.now();
  await running.stop();
  assert.ok(performance.now() - started < 1500);
  assert.equal((await running.exited).signal, "SIGKILL");
});

test("keeps stdin open until the scope is left", async () => {
  await using running = await spawn(sh("cat; echo end >&2"));
  running.stdout.resume();
  assert.equal(
    await Promise.race([running.exited, new Promise((resolve) => setTimeout(resolve, 150, "open"))]),
    "open",
  );
});

test("a program that is not there is a ToolError with its name", async () => {
  await assert.rejects(spawn({ file: "/nowhere/qemu", args: [] }), (error) => {
    assert.ok(error instanceof ToolError);
    assert.match(error.message, /\/nowhere\/qemu was not found/);
    return true;
  });
});
