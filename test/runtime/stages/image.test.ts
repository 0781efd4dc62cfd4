import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { loadImageRecord } from "../../../src/runtime/records.ts";
import { buildImage } from "../../../src/runtime/stages/image.ts";
import type { GuestStep, Scenario } from "../../fakes/scenario.ts";
import { assertGone } from "../../support/processes.ts";
import { rejectsWithEvidence } from "../rejects-with-evidence.ts";
import { makeStageFixture } from "../stage-fixture.ts";

const shutdown: GuestStep = { event: "SHUTDOWN", data: { guest: true, reason: "guest-shutdown" } };
const reset: GuestStep = { event: "RESET", data: { guest: true, reason: "guest-reset" } };
const installing: Scenario = {
  guest: {
    script: [
      { write: 1e6 },
      reset,
      { waitMs: 50 },
      reset,
      { say: "SeaBIOS\r\ncasement stage=first-logon\r\n" },
      { say: "casement stage=cygwin\ncasement stage=inst" },
      shutdown,
      { waitMs: 100 },
      { say: "alled\n" },
    ],
  },
};

test("follows an installation to its end, and writes disk, keys, log and record", async () => {
  await using stage = await makeStageFixture(installing);
  await buildImage(stage.imageConfig, stage.context);
  const { out } = stage;
  const record = await loadImageRecord(out);
  assert.match(record.buildId, /^[0-9a-f]{32}$/);
  assert.match(record.hostKey, /^ssh-ed25519 \S+ demo host$/);
  assert.equal(record.standIn, true);
  assert.match(
    await readFile(join(out, "keys/user_ed25519"), "utf8"),
    /^-----BEGIN OPENSSH PRIVATE KEY-----\n/,
  );
  assert.equal((await stat(join(out, "keys/user_ed25519"))).mode & 0o777, 0o600);
  assert.match(await readFile(join(out, "log/com1.log"), "utf8"), /SeaBIOS/);
  assert.equal(existsSync(join(out, "disk.qcow2")), true);
  assert.deepEqual(stage.phases, ["prepare", "setup", "first-logon", "cygwin", "installed", "record"]);
  const log = stage.logLines.map((line) => line.replace(/^\[.*?\] /, ""));
  const setup = log.indexOf("phase: setup");
  assert.deepEqual(log.slice(setup, setup + 5), [
    "phase: setup",
    "the guest restarts (1)",
    "phase: first-logon",
    "phase: cygwin",
    "phase: installed",
  ]);
  await assertGone(await stage.pids());
});

test("a screenshot that takes longer than the installation is waited for", async () => {
  await using stage = await makeStageFixture({ guest: { ...installing.guest, screendumpMs: 700 } });
  await buildImage(stage.imageConfig, stage.context);
  assert.equal(existsSync(join(stage.out, "log/stage-installed.txt")), false, "it says why there is none");
});

test("two images differ in build id and keys", async () => {
  const records = await Promise.all(
    [1, 2].map(async () => {
      await using stage = await makeStageFixture(installing);
      await buildImage(stage.imageConfig, stage.context);
      return loadImageRecord(stage.out);
    }),
  );
  assert.notEqual(records[0]?.buildId, records[1]?.buildId);
  assert.notEqual(records[0]?.hostKey, records[1]?.hostKey);
});

const faults: readonly {
  title: string;
  script: readonly GuestStep[];
  settings?: { noProgressMinutes: number; deadlineMinutes: number };
  error: RegExp;
  observed?: RegExp;
  exitCode: number;
}[] = [
  {
    title: "a beacon that says what failed",
    script: [
      { say: "casement stage=sshd\n" },
      { say: "casement failed=sshd code=5 reason=host key has mode 0644\n" },
    ],
    error: /^sshd: failed with code 5: host key has mode 0644$/,
    exitCode: 72,
  },
  {
    title: "Setup's own refusal",
    script: [{ say: "casement failed=setup code=1 reason=image name not in install.wim\n" }, shutdown],
    error: /^setup: failed with code 1: image name not in install.wim$/,
    exitCode: 72,
  },
  {
    title: "a guest that stands still",
    script: [{ write: 3e6 }, reset],
    settings: { noProgressMinutes: 0.5 / 60, deadlineMinutes: 1 },
    error: /^setup: no progress for \d\.\d s$/,
    observed: /^last beacon: none; restarts: 1; \d MiB read and written; last progress/,
    exitCode: 75,
  },
  {
    title: "an installation that takes too long",
    script: [{ say: "casement stage=quieten\n" }],
    settings: { noProgressMinutes: 1, deadlineMinutes: 0.5 / 60 },
    error: /^quieten: not installed after \d\.\d s$/,
    observed: /^last beacon: stage quieten;/,
    exitCode: 75,
  },
  {
    title: "a guest that shuts down halfway",
    script: [{ say: "casement stage=cygwin\n" }, shutdown],
    error: /^cygwin: the guest shut itself down before it had announced 'installed'$/,
    exitCode: 72,
  },
  {
    title: "a QEMU that dies",
    script: [{ waitMs: 100 }, { exit: 1 }],
    error: /^QEMU of the guest exited with 1/,
    exitCode: 71,
  },
  {
    title: "a blue screen",
    script: [{ event: "GUEST_PANICKED", data: { action: "pause", info: { type: "hyper-v", arg1: 5 } } }],
    error: /the guest's system crashed \(blue screen\): .*"arg1":5/,
    exitCode: 72,
  },
];

for (const fault of faults) {
  test(`ends with stage, reason and evidence, and leaves no process: ${fault.title}`, async () => {
    await using stage = await makeStageFixture({ guest: { script: fault.script } });
    const settings = fault.settings ?? stage.imageConfig.settings;
    const failure = await rejectsWithEvidence(
      buildImage({ ...stage.imageConfig, settings }, stage.context),
      fault,
    );
    if (fault.observed !== undefined) {
      assert.ok("observation" in failure.cause);
      assert.match(String(failure.cause.observation), fault.observed);
    }
    await assertGone(await stage.pids());
    assert.equal(existsSync(join(stage.out, "image.json")), false);
  });
}

test("keeps a screenshot and the last lines of COM1 of an installation that failed", async () => {
  await using stage = await makeStageFixture({
    guest: {
      script: [{ say: "hello\r\n\u001B[2Jcasement failed=setup code=1 reason=x\r\nsetuperr: y\r\n" }],
    },
  });
  const failure = await rejectsWithEvidence(buildImage(stage.imageConfig, stage.context), {
    error: /^setup: failed with code 1: x$/,
    exitCode: 72,
  });
  assert.equal(await readFile(join(failure.evidence, "screenshot.png"), "utf8"), "PNG");
  assert.deepEqual(failure.serialLines, ["hello", "casement failed=setup code=1 reason=x", "setuperr: y"]);
});

test("an ISO that cannot take the keys is a failure with xorriso's own words", async () => {
  await using stage = await makeStageFixture();
  const tools = { ...stage.imageConfig.tools, xorriso: "/bin/false" };
  await rejectsWithEvidence(buildImage({ ...stage.imageConfig, tools }, stage.context), {
    error: /^\/bin\/false -no_rc .* exited with 1$/,
    exitCode: 71,
  });
  assert.deepEqual(await stage.pids(), []);
});
