import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { readdir, readFile, readlink, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import type { SnapshotStage } from "../../../src/contract/stage-config.ts";
import { ToolError } from "../../../src/errors.ts";
import { loadRamRecord, loadSnapshotRecord } from "../../../src/runtime/records.ts";
import { buildSnapshot } from "../../../src/runtime/stages/snapshot.ts";
import type { Scenario } from "../../fakes/scenario.ts";
import { assertGone } from "../../support/processes.ts";
import { rejectsWithEvidence } from "../rejects-with-evidence.ts";
import { makeStageFixture, type StageFixture } from "../stage-fixture.ts";

function packed({ snapshotConfig }: StageFixture): SnapshotStage {
  return { ...snapshotConfig, settings: { ...snapshotConfig.settings, memoryLayout: "packed" } };
}

test("freezes a quiet guest into two outputs that carry the same build id", async () => {
  await using stage = await makeStageFixture();
  await buildSnapshot(stage.snapshotConfig, stage.context);
  const { out = "", ram = "" } = stage.snapshotConfig.outputs;
  const record = await loadSnapshotRecord(out);
  assert.equal((await loadRamRecord(ram)).buildId, record.buildId);
  assert.notEqual(record.buildId, record.fingerprint.imageBuildId);
  const { layout, bytes, fileBytes } = record.ram;
  assert.deepEqual({ layout, bytes, fileBytes }, { layout: "sparse", bytes: 2 ** 26, fileBytes: 2 ** 26 });
  assert.equal(record.fingerprint.imageBuildId, "1".repeat(32));
  assert.equal(record.frozenAtEpochSeconds, Date.UTC(2026, 0, 1, 0, 1) / 1000);
  assert.equal((await stat(join(ram, "ram"))).size, 64 * 2 ** 20);
  assert.equal(await readlink(join(out, "ram")), ram, "what keeps one output keeps both");
  for (const file of [join(ram, "ram"), join(out, "disk.qcow2"), join(out, "device-state")]) {
    assert.equal((await stat(file)).mode & 0o777, 0o444, file);
  }
  assert.equal(existsSync(join(out, "log/com1.log")), true);
  assert.deepEqual(stage.phases, ["boot", "check", "quiet", "freeze"]);
  assert.match(
    stage.logLines.join("\n"),
    /frozen in 0\.\d{3} s, from stop until the device state was written/,
  );
  assert.match(stage.logLines.join("\n"), /boots the stand-in for windows-11/);
  await assertGone(await stage.pids());
});

test("a packed snapshot holds no file with holes, and its memory is packed after the freeze", async () => {
  await using stage = await makeStageFixture();
  await buildSnapshot(packed(stage), stage.context);
  const { out = "", ram = "" } = stage.snapshotConfig.outputs;
  assert.deepEqual((await readdir(ram)).toSorted(), ["ram.json", "ram.qcow2"]);
  assert.equal((await stat(join(ram, "ram.qcow2"))).mode & 0o777, 0o444);
  const record = await loadSnapshotRecord(out);
  // The fake qemu-img copies.
  assert.deepEqual(record.ram, {
    layout: "packed",
    bytes: 64 * 2 ** 20,
    fileBytes: 64 * 2 ** 20,
    bytesOnDisk: record.ram.bytesOnDisk,
  });
  assert.match(
    await readFile(join(stage.folder, "calls"), "utf8"),
    /mem-path=[^"]*\/top\/casement-\w+\/ram"/,
  );
  assert.deepEqual(await readdir(stage.context.top), [], "the working folder is gone");
});

test("a snapshot that is to be packed wants room in the working folder too", async () => {
  const freeBytes = async (folder: string): Promise<number> => (folder.endsWith("/top") ? 2 ** 20 : 2 ** 40);
  await using stage = await makeStageFixture({}, { freeBytes });
  await assert.rejects(buildSnapshot(packed(stage), stage.context), /top has 1 MiB left, the RAM \(64 MiB\)/);
  assert.deepEqual(await stage.pids(), []);
});

test("waits for sshd, has the free memory zeroed, and proves a session before it freezes", async () => {
  await using stage = await makeStageFixture({
    agent: { answers: { "zero-free-memory": [{ type: "done", exitCode: null, text: "42" }] } },
  });
  await buildSnapshot(stage.snapshotConfig, stage.context);
  assert.deepEqual(
    (await stage.requests()).map(({ type }) => type),
    ["wait-for-ssh", "zero-free-memory", "check-session"],
  );
  assert.match(stage.logLines.join("\n"), /the guest has zeroed 42 MiB of 64/);
});

test("leaves the free memory to Windows where cmd answers the login", async () => {
  await using stage = await makeStageFixture();
  const { access } = stage.snapshotConfig;
  await buildSnapshot({ ...stage.snapshotConfig, access: { ...access, kind: "openssh" } }, stage.context);
  assert.deepEqual(
    (await stage.requests()).map(({ type }) => type),
    ["wait-for-ssh", "check-session"],
  );
});

test("has the desktop proven where there has to be one, for which the guest has as long as for its start", async () => {
  for (const [desktop, seconds] of [
    [false, null],
    [true, 60],
  ] as const) {
    await using stage = await makeStageFixture();
    await buildSnapshot({ ...stage.snapshotConfig, desktop }, stage.context);
    const request = (await stage.requests())[2];
    assert.ok(request?.type === "check-session");
    assert.equal(request.desktopSeconds, seconds);
    assert.equal(request.timeoutMs, 180_000 + 2 * (seconds ?? 0) * 1000, "it says itself who is missing");
  }
});

test("sends QEMU stop, x-ignore-shared and migrate in this order, and quits it in order", async () => {
  await using stage = await makeStageFixture();
  await buildSnapshot(stage.snapshotConfig, stage.context);
  const commands = (await readFile(join(stage.folder, "qmp"), "utf8")).trim().split("\n");
  const freezing = commands.slice(commands.indexOf("stop"));
  assert.deepEqual(
    freezing.filter((name) => name !== "query-migrate"),
    ["stop", "migrate-set-capabilities", "migrate", "qom-get", "quit"],
  );
});

const before: readonly {
  title: string;
  spoil: (stage: StageFixture) => Promise<StageFixture["snapshotConfig"] | void>;
  error: RegExp;
}[] = [
  {
    title: "an image without its record is not whole",
    spoil: (stage) => rm(join(stage.folder, "image/image.json")),
    error: /image: .*image.json cannot be read, so this image is not whole/,
  },
  {
    title: "an image of another version is refused",
    spoil: (stage) => writeFile(join(stage.folder, "image/image.json"), '{"version":2}'),
    error: /has another version, got 2; allowed: 1/,
  },
  {
    title: "an image that was installed on another disk bus is refused",
    spoil: async ({ snapshotConfig }) => ({
      ...snapshotConfig,
      hardware: { ...snapshotConfig.hardware, disk: { bus: "ahci" as const, sizeGiB: 4 } },
    }),
    error: /hardware.disk.bus: the image has "ide", this snapshot "ahci"/,
  },
];

for (const { title, spoil, error } of before) {
  test(`before anything starts: ${title}`, async () => {
    await using stage = await makeStageFixture();
    const config = (await spoil(stage)) ?? stage.snapshotConfig;
    await assert.rejects(buildSnapshot(config, stage.context), { message: error });
    assert.deepEqual(await stage.pids(), []);
  });
}

test("before anything starts: too little room for the RAM is refused, with how much is needed", async () => {
  await using stage = await makeStageFixture({}, { freeBytes: async () => 100 * 2 ** 20 });
  await assert.rejects(buildSnapshot(stage.snapshotConfig, stage.context), (error) => {
    assert.ok(error instanceof ToolError);
    assert.match(
      error.message,
      /has 100 MiB left, the RAM \(64 MiB\) and what belongs to it needs up to 576 MiB/,
    );
    assert.equal(error.exitCode, 74);
    return true;
  });
  assert.deepEqual(await stage.pids(), []);
});

const during: readonly { title: string; scenario: Scenario; error: RegExp; exitCode: number }[] = [
  {
    title: "a disk that is full while the state is written",
    scenario: { guest: { migrateError: "Unable to write to file: No space left on device" } },
    error: /^freeze: .*device-state could not be written: Unable to write to file: No space left on device$/,
    exitCode: 74,
  },
  {
    title: "a RAM file whose file system is full",
    scenario: {
      guest: { script: [{ waitMs: 200 }, { signal: "SIGBUS" }] },
      agent: { answers: { "wait-for-ssh": [{ never: true }] } },
    },
    error: /QEMU of the guest was ended by SIGBUS/,
    exitCode: 74,
  },
  {
    title: "a guest that never answers",
    scenario: {
      agent: {
        answers: {
          "wait-for-ssh": [
            {
              type: "failed",
              step: "connect",
              reason: "waited 60 s for an SSH banner; last seen: no answer",
            },
          ],
        },
      },
    },
    error: /^boot: connect: waited 60 s for an SSH banner; last seen: no answer$/,
    exitCode: 72,
  },
  {
    title: "a QEMU that exits at once",
    scenario: { guest: { exitAtOnce: { code: 1, stderr: "qemu: Westmere-v1 is not supported" } } },
    error: /^QEMU of the guest exited with 1\n {2}\| qemu: Westmere-v1 is not supported$/,
    exitCode: 71,
  },
  {
    title: "a console where nobody is logged on",
    scenario: {
      agent: {
        answers: {
          "check-session": [
            { type: "failed", step: "desktop", reason: "nothing started at the console within 60 s" },
          ],
        },
      },
    },
    error: /^check: desktop: nothing started at the console within 60 s$/,
    exitCode: 72,
  },
  {
    title: "a session that does not work",
    scenario: {
      agent: {
        answers: { "check-session": [{ type: "failed", step: "map-drives", reason: "System error 53" }] },
      },
    },
    error: /^check: map-drives: System error 53$/,
    exitCode: 72,
  },
  {
    title: "a guest that shuts itself down",
    scenario: {
      guest: {
        script: [{ waitMs: 200 }, { event: "SHUTDOWN", data: { guest: true, reason: "guest-shutdown" } }],
      },
      agent: { answers: { "wait-for-ssh": [{ never: true }] } },
    },
    error: /^boot: the guest shut itself down, and nothing had told it to/,
    exitCode: 72,
  },
];

for (const fault of during) {
  test(`ends with stage, reason and evidence, and leaves no process: ${fault.title}`, async () => {
    await using stage = await makeStageFixture(fault.scenario);
    await rejectsWithEvidence(buildSnapshot(stage.snapshotConfig, stage.context), fault);
    await assertGone(await stage.pids());
    assert.equal(existsSync(join(stage.out, "snapshot.json")), false);
  });
}

test("a guest that never gets quiet fails with what keeps it busy", async () => {
  await using stage = await makeStageFixture({
    guest: { busy: true },
    agent: {
      answers: { "describe-load": [{ type: "done", exitCode: null, text: "TiWorker.exe 93 %" }] },
    },
  });
  const { settings } = stage.snapshotConfig;
  const config = {
    ...stage.snapshotConfig,
    settings: { ...settings, quiet: { ...settings.quiet, cpuPercent: 1 } },
  };
  const failure = await rejectsWithEvidence(buildSnapshot(config, stage.context), {
    error:
      /^quiet: the guest was not quiet within 0.01 minutes: CPU \d+\.\d % of one vCPU, disk 0 KiB\/s over \d+ s; allowed: below 1 % and 100 KiB\/s for 0.2 s$/,
    exitCode: 75,
  });
  assert.ok("observation" in failure.cause);
  assert.equal(failure.cause.observation, "what runs in the guest:\nTiWorker.exe 93 %");
});
