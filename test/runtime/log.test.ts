import assert from "node:assert/strict";
import { test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { createLog, seconds } from "../../src/runtime/log.ts";

test("a step says its name, then how long it took", async () => {
  const lines: string[] = [];
  using log = createLog({ write: (line) => lines.push(line) });
  assert.equal(await log.step("waits for sshd", async () => 5), 5);
  assert.match(lines[0] ?? "", /^\[ +0\.0\d s\] waits for sshd$/);
  assert.match(lines[1] ?? "", /\(finished: waits for sshd, in 0\.0\d s\)$/);
});

test("what a guest says in a line does nothing to the terminal", () => {
  const lines: string[] = [];
  using log = createLog({ write: (line) => lines.push(line) });
  log.about("agent", "a\u001B[2J\rerror: not casement's");
  assert.match(lines[0] ?? "", /\] \[agent\] a error: not casement's$/);
  assert.deepEqual(log.lines(), lines);
});

test("a phase is announced the way stdenv does it", () => {
  const announced: string[] = [];
  using log = createLog({ write: () => undefined, announce: (line) => announced.push(line) });
  log.phase('a "b"');
  assert.deepEqual(announced, ['@nix {"action":"setPhase","phase":"a \\"b\\""}']);
  assert.equal(log.currentPhase(), 'a "b"');
});

test("a phase that is on already is announced once", () => {
  const lines: string[] = [];
  using log = createLog({ write: (line) => lines.push(line) });
  for (const name of ["setup", "setup", "first-logon", "setup"]) log.phase(name);
  assert.deepEqual(
    lines.map((line) => line.replace(/^.*phase: /, "")),
    ["setup", "first-logon", "setup"],
  );
});

test("a long step shows a sign of life, with where things stand", async () => {
  const lines: string[] = [];
  using log = createLog({ write: (line) => lines.push(line), heartbeatMs: 20 });
  await log.step("installs", async () => {
    log.standing("last beacon: cygwin");
    await sleep(70);
  });
  const beats = lines.filter((line) =>
    /still at it: installs, since \d\.\d\d s; last beacon: cygwin$/.test(line),
  );
  assert.ok(beats.length >= 1, lines.join("\n"));
});

test("a failed step is not called finished", async () => {
  const lines: string[] = [];
  using log = createLog({ write: (line) => lines.push(line) });
  await assert.rejects(log.step("x", () => Promise.reject(new Error("no"))));
  assert.doesNotMatch(lines.join("\n"), /finished/);
});

for (const [ms, text] of [
  [4, "0.00 s"],
  [360, "0.36 s"],
  [6900, "6.9 s"],
  [81_000, "81 s"],
] as const) {
  test(`${ms} ms reads as ${text}`, () => assert.equal(seconds(ms), text));
}
