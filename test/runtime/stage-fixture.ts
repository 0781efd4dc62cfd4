import assert from "node:assert/strict";
import { mkdir, readFile, truncate, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { AgentRequest } from "../../src/contract/agent.ts";
import { image, snapshot } from "../../src/contract/filenames.ts";
import type { Hardware } from "../../src/contract/machine.ts";
import type {
  ControllerStage,
  DebugStage,
  ImageStage,
  LayerStage,
  RunStage,
  SnapshotStage,
  TestNodeStage,
} from "../../src/contract/stage-config.ts";
import type { StageContext } from "../../src/runtime/context.ts";
import { buildFingerprint } from "../../src/runtime/fingerprint.ts";
import { createLog } from "../../src/runtime/log.ts";
import { writeImageRecord, writeRamRecord, writeSnapshotRecord } from "../../src/runtime/records.ts";
import { createVitals } from "../../src/runtime/vitals.ts";
import { type FakeInput, writeFakeAgent } from "../fakes/agent.ts";
import type { Scenario } from "../fakes/scenario.ts";
import { type FakeTools, writeFakeTools } from "../fakes/tools.ts";
import { bootedController, frozenController, writeFrozenController } from "./controller-fixture.ts";
import { createScriptedConsole, type ScriptedConsole } from "./scripted-console.ts";
import { makeTempFolder } from "../support/temp-folder.ts";

export const hardware: Hardware = {
  accelerator: "tcg",
  machineType: "pc-i440fx-10.0",
  cpu: { model: "Westmere-v1", flags: [] },
  vcpus: 1,
  memoryMiB: 64,
  firmware: "bios",
  disk: { bus: "ide", sizeGiB: 4 },
  nic: { model: "e1000", mac: "52:54:00:12:34:01" },
  floppy: true,
  rtcBase: "2026-01-01T00:00:00",
  vmGenerationId: true,
};

const hostKey = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAItest";
const buildIds = { image: "1".repeat(32), snapshot: "2".repeat(32) };

/** A stage's surroundings with fake programs: temporary folders, whole parents, a captured log. */
export interface StageFixture extends AsyncDisposable {
  readonly folder: string;
  readonly tools: FakeTools;
  readonly context: StageContext;
  /** The outputs of all three stages. */
  readonly out: string;
  readonly logLines: string[];
  /** Phases that were announced to Nix, in order. */
  readonly phases: string[];
  readonly output: { stdout: string; stderr: string };
  readonly controllerConfig: ControllerStage;
  readonly imageConfig: ImageStage;
  readonly snapshotConfig: SnapshotStage;
  readonly layerConfig: LayerStage;
  readonly runConfig: RunStage;
  readonly debugConfig: DebugStage;
  readonly testNodeConfig: TestNodeStage;
  /** What a person at the console types. */
  readonly typing: ScriptedConsole["typing"];
  /** Pids of every fake that was started. */
  pids(): Promise<number[]>;
  switchPid(): Promise<number>;
  /** What woke controllers, one line each. */
  wakes(): Promise<string[]>;
  /** Requests that the fake agent got. */
  requests(): Promise<AgentRequest[]>;
  /** What was typed at them. */
  inputs(): Promise<FakeInput[]>;
}

/** Makes the fixture; image, snapshot and RAM of it belong together. */
export async function makeStageFixture(
  scenario: Scenario = {},
  host: Partial<StageContext["host"]> = {},
): Promise<StageFixture> {
  const temp = await makeTempFolder();
  const folder = temp.path;
  const tools = await writeFakeTools(folder, scenario);
  const logLines: string[] = [];
  const phases: string[] = [];
  const output = { stdout: "", stderr: "" };
  const log = createLog({
    write: (line) => logLines.push(line),
    announce: (line) => phases.push(/"phase":"(.*)"/.exec(line)?.[1] ?? line),
  });
  const scripted = createScriptedConsole();
  await writeParents(folder, tools);
  await mkdir(join(folder, "top"));
  return {
    folder,
    tools,
    logLines,
    phases,
    output,
    typing: scripted.typing,
    out: join(folder, "out"),
    context: {
      log,
      vitals: createVitals(),
      host: {
        freeBytes: async () => 2 ** 40,
        nowEpochMs: () => Date.UTC(2026, 5, 1),
        cpu: async () => ({ cpuVendor: "GenuineFake", tscKHz: null }),
        ...host,
      },
      top: join(folder, "top"),
      ended: () => false,
      flags: [],
      cwd: folder,
      console: scripted.console,
      output: (stream, data) => {
        output[stream] += data.toString();
      },
    },
    ...configs(folder, tools),
    pids: async () => numbers(await readFile(join(folder, "pids"), "utf8")),
    switchPid: async () => numbers(await readFile(join(folder, "switch-pid"), "utf8"))[0] ?? 0,
    wakes: () => linesOf(join(folder, "wakes")),
    requests: () => noted<AgentRequest>(join(folder, "requests")),
    inputs: () => noted<FakeInput>(join(folder, "inputs")),
    async [Symbol.asyncDispose]() {
      log[Symbol.dispose]();
      await temp[Symbol.asyncDispose]();
    },
  };
}

function configs(folder: string, tools: FakeTools) {
  const base = {
    version: 1 as const,
    name: "demo",
    release: "windows-11",
    standIn: true,
    hardware,
    access: { kind: "cygwin" as const, user: "nix", password: "secret" },
    tools,
    outputs: { out: join(folder, "out") },
  };
  const controller = frozenController(folder);
  const agent = writeFakeAgent(folder);
  const { qemu, qemuImg, vdeSwitch } = tools;
  const controllerConfig: ControllerStage = {
    version: 1,
    stage: "controller",
    name: "demo",
    accelerator: hardware.accelerator,
    tools: { qemu, qemuImg, vdeSwitch },
    outputs: { out: join(folder, "out"), ram: join(folder, "ram-out") },
    controller: bootedController(folder),
    quietSeconds: 0.1,
  };
  const imageConfig: ImageStage = {
    ...base,
    stage: "image",
    settings: { noProgressMinutes: 1, deadlineMinutes: 2 },
    media: { iso: join(folder, "install.iso"), bootstrapIso: join(folder, "bootstrap.iso"), floppy: null },
    uefi: null,
  };
  const snapshotConfig: SnapshotStage = {
    ...base,
    stage: "snapshot",
    outputs: { ...base.outputs, ram: join(folder, "ram-out") },
    settings: {
      quiet: { seconds: 0.2, cpuPercent: 500, diskKiBPerSecond: 100, capMinutes: 0.01 },
      bootMinutes: 1,
      memoryLayout: "sparse",
    },
    desktop: false,
    image: join(folder, "image"),
    uefiCode: null,
    controller,
    agent,
  };
  const command = {
    kind: "bash" as const,
    script: join(folder, "script"),
    environment: {},
    passAsFile: {},
    attributes: null,
    makeOutputs: true,
    desktop: false,
  };
  const layerConfig: LayerStage = {
    ...base,
    stage: "layer",
    settings: { timeoutMinutes: 1, bootMinutes: 1 },
    image: join(folder, "image"),
    uefiCode: null,
    controller,
    agent,
    layer: "tools",
    command,
    exitCodes: { success: [0], restart: [3010], restarting: [1641] },
    reboot: false,
  };
  const runConfig: RunStage = {
    ...base,
    stage: "run",
    settings: { timeoutMinutes: 1, reviveSeconds: 10, clock: "snapshot" },
    image: join(folder, "image"),
    snapshot: join(folder, "snapshot"),
    ram: join(folder, "ram"),
    uefiCode: null,
    controller,
    agent,
    command,
    keeps: "result",
    evaluationExpires: null,
  };
  const { keeps, ...running } = runConfig;
  assert.equal(keeps, "result");
  const debugConfig: DebugStage = { ...running, stage: "debug", when: "after" };
  const { command: none, ...withoutCommand } = running;
  assert.equal(none, command);
  const testNodeConfig: TestNodeStage = {
    ...withoutCommand,
    stage: "test-node",
    outputs: {},
    hosts: [{ address: "192.168.0.10", name: "server" }],
  };
  return {
    controllerConfig,
    imageConfig,
    snapshotConfig,
    layerConfig,
    runConfig,
    debugConfig,
    testNodeConfig,
  };
}

async function writeParents(folder: string, tools: FakeTools): Promise<void> {
  const files = {
    image: join(folder, "image"),
    snapshot: join(folder, "snapshot"),
    ram: join(folder, "ram"),
  };
  for (const path of Object.values(files)) await mkdir(path);
  await writeFrozenController(folder, tools.qemu);
  await writeFile(join(folder, "script"), "echo hello\n");
  await writeFile(join(files.image, image.disk), "");
  await writeFile(join(files.snapshot, snapshot.disk), "");
  await writeFile(join(files.snapshot, snapshot.deviceState), "state");
  await writeFile(join(files.ram, snapshot.ram), "");
  const ramBytes = hardware.memoryMiB * 2 ** 20;
  await truncate(join(files.ram, snapshot.ram), ramBytes);
  await writeImageRecord(files.image, {
    version: 1,
    buildId: buildIds.image,
    name: "demo",
    release: "windows-11",
    standIn: true,
    hardware,
    parent: null,
    hostKey,
  });
  await writeRamRecord(files.ram, { version: 1, buildId: buildIds.snapshot });
  await writeSnapshotRecord(files.snapshot, {
    version: 1,
    buildId: buildIds.snapshot,
    hostKey,
    fingerprint: buildFingerprint({
      imageBuildId: buildIds.image,
      qemu: tools.qemu,
      hardware,
      uefiCode: null,
      uefiVariables: null,
      host: { cpuVendor: "GenuineFake", tscKHz: null },
    }),
    ram: { layout: "sparse", bytes: ramBytes, fileBytes: ramBytes, bytesOnDisk: 0 },
    deviceStateBytes: 5,
    frozenAtEpochSeconds: Date.UTC(2026, 0, 1) / 1000,
  });
}

/** What the fake agent has noted in a file of its own. */
async function noted<T extends AgentRequest | FakeInput>(file: string): Promise<T[]> {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- it has a type where it is written
  return (await linesOf(file)).map((line) => JSON.parse(line) as T);
}

async function linesOf(file: string): Promise<string[]> {
  const text = await readFile(file, "utf8").catch(() => "");
  return text.split("\n").filter((line) => line !== "");
}

function numbers(text: string): number[] {
  return text
    .trim()
    .split("\n")
    .filter((line) => line !== "")
    .map(Number);
}
