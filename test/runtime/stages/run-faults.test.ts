import assert from "node:assert/strict";
import { existsSync, readdirSync, symlinkSync } from "node:fs";
import { readFile, stat, truncate, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { test } from "node:test";
import { commandLog, work } from "../../../src/contract/filenames.ts";
import { ToolError } from "../../../src/errors.ts";
import { runCommand } from "../../../src/runtime/stages/run.ts";
import type { Scenario } from "../../fakes/scenario.ts";
import { assertGone } from "../../support/processes.ts";
import { rejectsWithEvidence } from "../rejects-with-evidence.ts";
import { makeStageFixture, type StageFixture } from "../stage-fixture.ts";

interface Fault {
  readonly title: string;
  readonly scenario?: Scenario;
  readonly spoil?: (stage: StageFixture) => Promise<StageFixture["runConfig"] | void>;
  readonly error: RegExp;
  readonly exitCode: number;
}

const before: readonly Fault[] = [
  {
    title: "another image than the snapshot's is refused",
    spoil: (stage) => replaceIn(join(stage.folder, "image/image.json"), '"1111', '"9111'),
    error: /made from another build of the image, got image .* with build id 9111.*; the snapshot wants 1111/,
    exitCode: 73,
  },
  {
    title: "the RAM of another freeze is refused",
    spoil: (stage) => replaceIn(join(stage.folder, "ram/ram.json"), '"2222', '"3222'),
    error: /come from different freezes, got build ids 2{32} and 32{31}/,
    exitCode: 73,
  },
  {
    title: "a truncated RAM file is refused",
    spoil: (stage) => truncate(join(stage.folder, "ram/ram"), 1000),
    error: /ram is damaged, got 1000 bytes; the snapshot was made with 67108864/,
    exitCode: 73,
  },
  {
    title: "a truncated device state is refused",
    spoil: (stage) => truncate(join(stage.folder, "snapshot/device-state"), 3),
    error: /device-state is damaged, got 3 bytes; the snapshot was made with 5/,
    exitCode: 73,
  },
  {
    title: "a snapshot without its record is not whole",
    spoil: (stage) => writeFile(join(stage.folder, "snapshot/snapshot.json"), ""),
    error: /snapshot.json has another version, got undefined; allowed: 1/,
    exitCode: 73,
  },
  {
    title: "another fingerprint is refused part by part",
    spoil: async ({ runConfig }) => ({
      ...runConfig,
      hardware: { ...runConfig.hardware, memoryMiB: 128, cpu: { model: "qemu64", flags: [] } },
    }),
    error:
      /hardware.cpu.model: the snapshot has "Westmere-v1", this run has "qemu64"\n {2}hardware.memoryMiB: the snapshot has 64, this run has 128\n/,
    exitCode: 73,
  },
  {
    title: "the RAM of another freeze of the controller is refused",
    spoil: (stage) => replaceIn(join(stage.folder, "controller-ram/ram.json"), '"3333', '"4333'),
    error:
      /controller .* and RAM .*controller-ram come from different freezes, got build ids 3{32} and 43{31}/,
    exitCode: 73,
  },
  {
    title: "a controller's truncated device state is refused",
    spoil: (stage) => truncate(join(stage.folder, "controller/device-state"), 3),
    error: /device-state is damaged, got 3 bytes; the controller was made with 5/,
    exitCode: 73,
  },
  {
    title: "a controller without its record is not whole",
    spoil: (stage) => writeFile(join(stage.folder, "controller/controller.json"), ""),
    error: /controller.json has another version, got undefined; allowed: 1/,
    exitCode: 73,
  },
  {
    title: "another controller than the frozen one is refused part by part",
    spoil: async ({ runConfig }) => ({
      ...runConfig,
      controller: { ...runConfig.controller, memoryMiB: 512, initrd: "/another/initrd" },
    }),
    error:
      /controller.memoryMiB: the controller has 256, this run has 512\n {2}controller.initrd: the controller has ".*\/initrd", this run has "\/another\/initrd"\n/,
    exitCode: 73,
  },
  {
    title: "a missing program is named",
    spoil: async ({ runConfig }) => ({
      ...runConfig,
      tools: { ...runConfig.tools, vdeSwitch: "/nowhere/vde_switch" },
    }),
    error: /tools.vdeSwitch: program \/nowhere\/vde_switch was not found/,
    exitCode: 71,
  },
];

for (const fault of before) {
  test(`before anything starts: ${fault.title}`, async () => {
    await using stage = await makeStageFixture();
    const config = (await fault.spoil?.(stage)) ?? stage.runConfig;
    await assert.rejects(runCommand(config, stage.context), (error) => {
      assert.ok(error instanceof ToolError);
      assert.match(error.message, fault.error);
      assert.equal(error.exitCode, fault.exitCode);
      return true;
    });
    assert.deepEqual(await stage.pids(), []);
  });
}

test("before anything starts: a folder whose sockets would have too long a path is refused", async () => {
  await using stage = await makeStageFixture();
  const top = join(stage.context.top, "x".repeat(80));
  await assert.rejects(
    runCommand(stage.runConfig, { ...stage.context, top }),
    /socket path is too long, got \d+ bytes .*allowed: at most 107 bytes/,
  );
  assert.deepEqual(await stage.pids(), []);
});

const during: readonly Omit<Fault, "spoil">[] = [
  {
    title: "a guest's QEMU that exits at once",
    scenario: { guest: { exitAtOnce: { code: 1, stderr: "qemu: no such machine" } } },
    error: /QEMU of the guest exited with 1\n {2}\| qemu: no such machine/,
    exitCode: 71,
  },
  {
    title: "a controller's QEMU that exits at once",
    scenario: { controller: { exitAtOnce: { code: 1, stderr: "could not load kernel" } } },
    error: /QEMU of the controller exited with 1\n {2}\| could not load kernel/,
    exitCode: 71,
  },
  {
    title: "a device state that QEMU does not load",
    scenario: { guest: { loadError: "error while loading state section id 2(ram)" } },
    error: /QEMU of the guest exited with 1\n {2}\| error while loading state section/,
    exitCode: 71,
  },
  {
    title: "a guest that does not answer the agent",
    scenario: {
      agent: {
        answers: {
          execute: [
            {
              type: "failed",
              step: "connect",
              reason: "waited 10 s for 192.168.0.1:22",
              observation: "no route to host",
            },
          ],
        },
      },
    },
    error: /^run: connect: waited 10 s for 192.168.0.1:22$/,
    exitCode: 72,
  },
  {
    title: "a controller that speaks another language",
    scenario: {
      controller: { noise: "welcome aboard" },
      agent: { answers: { execute: [{ never: true }] } },
    },
    error: /the controller said a word that is not known: "welcome aboard"/,
    exitCode: 72,
  },
  {
    title: "a guest that restarts",
    scenario: {
      guest: { script: [{ waitMs: 500 }, { event: "RESET", data: { guest: true, reason: "guest-reset" } }] },
      agent: { answers: { execute: [{ never: true }] } },
    },
    error: /the guest restarted, and nothing had told it to/,
    exitCode: 72,
  },
  {
    title: "a blue screen",
    scenario: {
      guest: { script: [{ waitMs: 300 }, { event: "GUEST_PANICKED", data: { action: "pause" } }] },
      agent: { answers: { execute: [{ never: true }] } },
    },
    error: /the guest's system crashed \(blue screen\)/,
    exitCode: 72,
  },
  {
    title: "a host disk that is full",
    scenario: {
      guest: {
        script: [{ waitMs: 300 }, { event: "BLOCK_IO_ERROR", data: { action: "stop", nospace: true } }],
      },
      agent: { answers: { execute: [{ never: true }] } },
    },
    error: /disk could not grow: no space left/,
    exitCode: 74,
  },
];

for (const fault of during) {
  test(`ends with stage, reason and evidence, and leaves no process: ${fault.title}`, async () => {
    await using stage = await makeStageFixture(fault.scenario);
    const parents = await describeParents(stage.folder);
    const started = performance.now();
    await rejectsWithEvidence(runCommand(stage.runConfig, stage.context), fault);
    assert.ok(performance.now() - started < 8000);
    assert.deepEqual(await describeParents(stage.folder), parents, "the snapshot is as it was");
    await assertGone(await stage.pids());
    assert.equal(existsSync(stage.out), false);
  });
}

test("ends with stage, reason and evidence, and leaves no process: a switch that dies", async () => {
  await using stage = await makeStageFixture({
    agent: { answers: { execute: [{ type: "step", name: "login" }, { never: true }] } },
  });
  const running = runCommand(stage.runConfig, stage.context);
  void (async () => {
    while (!stage.logLines.some((line) => line.includes("login"))) await sleep(20);
    process.kill(await stage.switchPid(), "SIGKILL");
  })();
  await rejectsWithEvidence(running, {
    error: /the network switch \(vde_switch\) was ended by SIGKILL; nothing reaches the guest any more/,
    exitCode: 71,
  });
  await assertGone(await stage.pids());
});

test("ends with stage, reason and evidence, and leaves no process: a disk that is full while the command prints", async () => {
  await using stage = await makeStageFixture({
    agent: { answers: { execute: [{ type: "output", stream: "stdout", text: "hello\n" }, { never: true }] } },
  });
  const { top } = stage.context;
  const output = (): void => {
    symlinkSync("/dev/full", join(top, readdirSync(top)[0] ?? "", work.evidence, commandLog));
  };
  await rejectsWithEvidence(runCommand(stage.runConfig, { ...stage.context, output }), {
    error: /^no space left on the host's file system: ENOSPC/,
    exitCode: 74,
  });
  await assertGone(await stage.pids());
});

test("ends with stage, reason and evidence, and leaves no process: a run over its time", async () => {
  await using stage = await makeStageFixture({
    agent: { answers: { execute: [{ type: "step", name: "login" }, { never: true }] } },
  });
  const settings = { ...stage.runConfig.settings, timeoutMinutes: 1.5 / 60 };
  await rejectsWithEvidence(runCommand({ ...stage.runConfig, settings }, stage.context), {
    // On a machine that is busy the time may be over before the command runs.
    error: /^(revive|run): the run was not done within 0.025 minutes/,
    exitCode: 75,
  });
  await assertGone(await stage.pids());
});

test("ends with stage, reason and evidence, and leaves no process: a controller that never gets ready", async () => {
  await using stage = await makeStageFixture({ controller: { silent: true } });
  const settings = { ...stage.runConfig.settings, timeoutMinutes: 1.5 / 60 };
  await rejectsWithEvidence(runCommand({ ...stage.runConfig, settings }, stage.context), {
    error: /^(revive|run): the run was not done within 0.025 minutes/,
    exitCode: 75,
  });
  await assertGone(await stage.pids());
});

/** Name, mode, size and time of every file of image, snapshot and RAM. */
async function describeParents(folder: string): Promise<string[]> {
  const files = ["image", "snapshot", "ram"].flatMap((parent) =>
    readdirSync(join(folder, parent)).map((name) => join(folder, parent, name)),
  );
  return Promise.all(
    files.map(async (file) => {
      const { mode, size, mtimeMs } = await stat(file);
      return `${file} ${mode} ${size} ${mtimeMs}`;
    }),
  );
}

async function replaceIn(file: string, from: string, to: string): Promise<void> {
  await writeFile(file, (await readFile(file, "utf8")).replace(from, to));
}
