import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { copyFile, lstat, mkdir, readFile, readlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { renderZeroing } from "../../src/agent/zero-free-memory.ts";
import { image, snapshot } from "../../src/contract/filenames.ts";
import type { Hardware, MemoryLayout } from "../../src/contract/machine.ts";
import type { RunStage, SnapshotStage } from "../../src/contract/stage-config.ts";
import { run } from "../../src/process/run.ts";
import type { StageContext } from "../../src/runtime/context.ts";
import { realHost } from "../../src/runtime/host.ts";
import { createLog } from "../../src/runtime/log.ts";
import { keptRam } from "../../src/runtime/ram-file.ts";
import { loadSnapshotRecord, writeImageRecord } from "../../src/runtime/records.ts";
import { runCommand } from "../../src/runtime/stages/run.ts";
import { buildSnapshot } from "../../src/runtime/stages/snapshot.ts";
import { createVitals } from "../../src/runtime/vitals.ts";
import { hardware } from "../runtime/stage-fixture.ts";
import { findProgram, ovmf, skipWithout, skipWithoutOvmf } from "../support/external-tools.ts";
import { createScriptedConsole } from "../runtime/scripted-console.ts";
import { makeTempFolder } from "../support/temp-folder.ts";
import { findKernel, writeTinyMachines } from "../support/tiny-machines.ts";

const programs = ["qemu-system-x86_64", "qemu-img", "vde_switch", "busybox", "cpio", "fallocate"];

const skip = skipWithout(programs);
const mac = "52:54:00:12:34:01";
const tiny: Hardware = { ...hardware, memoryMiB: 192, disk: { bus: "ide", sizeGiB: 1 } };

/** Machines whose devices are other ones at every place: disk, NIC, board, firmware; and both ways to keep the memory. */
const machines: readonly Machine[] = [
  {
    title: "BIOS, IDE, e1000",
    hardware: tiny,
    modules: ["e1000", "ata_piix", "sd_mod"],
    memoryLayout: "sparse",
  },
  {
    title: "BIOS, virtio disk and NIC, memory packed",
    memoryLayout: "packed",
    hardware: { ...tiny, disk: { bus: "virtio", sizeGiB: 1 }, nic: { model: "virtio-net-pci", mac } },
    modules: ["virtio_pci", "virtio_blk", "virtio_net"],
  },
  {
    title: "UEFI, q35, virtio SCSI disk, rtl8139",
    memoryLayout: "sparse",
    hardware: {
      ...tiny,
      memoryMiB: 256,
      machineType: "pc-q35-10.0",
      firmware: "uefi",
      disk: { bus: "scsi", sizeGiB: 1 },
      nic: { model: "rtl8139", mac },
    },
    modules: ["virtio_pci", "virtio_scsi", "sd_mod", "8139cp"],
  },
];

interface Machine {
  readonly title: string;
  readonly hardware: Hardware;
  readonly modules: readonly string[];
  readonly memoryLayout: MemoryLayout;
  readonly guestZeroes?: string;
}

for (const machine of machines) {
  test(
    `a frozen guest is revived twice at once, with its memory and disk, and the snapshot stays as it was: ${machine.title}`,
    {
      skip: machine.hardware.firmware === "uefi" && skip === false ? skipWithoutOvmf() : skip,
      timeout: 180_000,
    },
    () => testRevive(machine),
  );
}

test("memory that a guest has freed takes no room, and what it has kept is right after a revive", {
  skip,
  timeout: 300_000,
}, async () => {
  await using temp = await makeTempFolder();
  const freeze = async (name: string, guestZeroes: string) => {
    await mkdir(join(temp.path, name));
    const lab = await makeLab(join(temp.path, name), {
      title: name,
      hardware: { ...tiny, memoryMiB: 512 },
      modules: ["e1000", "ata_piix", "sd_mod"],
      memoryLayout: "sparse",
      guestZeroes,
    });
    await buildSnapshot(lab.snapshotConfig, lab.context(name));
    return { lab, onDisk: (await loadSnapshotRecord(lab.runConfig.snapshot)).ram.bytesOnDisk };
  };
  const left = await freeze("left", "echo 0");
  const zeroed = await freeze("zeroed", renderZeroing("/proc/meminfo"));

  const out = join(temp.path, "out");
  await runCommand({ ...zeroed.lab.runConfig, outputs: { out } }, zeroed.lab.context("run"));
  const report = await readFile(join(out, "report"), "utf8");
  assert.match(report, /^memory intact$/m);
  const freeKiB = Number(/^MemFree: +(\d+) kB$/m.exec(report)?.[1]);
  const inUse = 512 * 2 ** 20 - freeKiB * 1024;
  assert.ok(left.onDisk > zeroed.onDisk + 100 * 2 ** 20, `${left.onDisk} as it lay, ${zeroed.onDisk} zeroed`);
  assert.ok(zeroed.onDisk <= 1.1 * inUse, `${zeroed.onDisk} on disk, ${inUse} in use`);
});

async function testRevive(machine: Machine): Promise<void> {
  await using temp = await makeTempFolder();
  const lab = await makeLab(temp.path, machine);
  await buildSnapshot(lab.snapshotConfig, lab.context("snapshot"));
  const before = await hashes(lab.frozenFiles);

  const outOf = (name: string): string => join(temp.path, name, "out");
  const codes = await Promise.all(
    ["one", "two"].map(async (name) => {
      await mkdir(join(temp.path, name));
      return runCommand({ ...lab.runConfig, outputs: { out: outOf(name) } }, lab.context(name));
    }),
  );
  assert.deepEqual(codes, [0, 0]);
  const reports = await Promise.all(
    ["one", "two"].map((name) => readFile(join(outOf(name), "report"), "utf8")),
  );
  for (const report of reports) {
    assert.match(report, /^memory intact$/m);
    assert.match(report, /^disk intact$/m);
    assert.match(report, /^clock 2026-01-01$/m);
  }
  assert.equal(field(reports[0], "sum"), field(reports[1], "sum"));
  assert.equal(await readlink(join(outOf("one"), "link")), "report");
  assert.equal((await lstat(join(outOf("one"), "script"))).mode & 0o777, 0o755);
  assert.deepEqual(await hashes(lab.frozenFiles), before, "a run changed the snapshot");
}

async function makeLab(folder: string, parts: Machine) {
  const kernel = await findKernel();
  assert.ok(kernel !== undefined, "no kernel in .tools/added: npm run setup puts it there");
  const machine = parts.hardware;
  const isUefi = machine.firmware === "uefi";
  const tiny = await writeTinyMachines(folder, {
    kernel,
    qemu: tool("qemu-system-x86_64"),
    guestModules: parts.modules,
    guestZeroes: parts.guestZeroes,
    firmware: machine.firmware,
  });
  await mkdir(join(folder, "image"));
  await mkdir(join(folder, "top"));
  const disk = join(folder, "image", image.disk);
  await run({ file: tool("qemu-img"), args: ["create", "-q", "-f", "qcow2", disk, "1G"] });
  if (isUefi) await copyFile(ovmf.vars, join(folder, "image", image.uefiVars));
  await writeImageRecord(join(folder, "image"), {
    version: 1,
    buildId: "0".repeat(32),
    name: "tiny",
    release: "tiny",
    standIn: true,
    hardware: machine,
    parent: null,
    hostKey: "ssh-ed25519 AAAA",
  });
  await writeFile(join(folder, "script"), "echo hello\n");
  const base = {
    version: 1 as const,
    name: "tiny",
    release: "tiny",
    standIn: true,
    hardware: machine,
    access: { kind: "cygwin" as const, user: "nix", password: "nix" },
    tools: { qemu: tiny.qemu, qemuImg: tool("qemu-img"), vdeSwitch: tool("vde_switch") },
    image: join(folder, "image"),
    uefiCode: isUefi ? ovmf.code : null,
    agent: tiny.agent,
    controller: {
      mac: "52:54:00:12:34:02",
      memoryMiB: 256,
      machineType: "pc-i440fx-10.0",
      kernel: tiny.kernel,
      initrd: tiny.controllerInitrd,
      append: "",
      exports: [],
      frozen: null,
    },
  };
  const snapshotConfig: SnapshotStage = {
    ...base,
    stage: "snapshot",
    outputs: { out: join(folder, "snapshot"), ram: join(folder, "snapshot-ram") },
    tools: { ...base.tools, fallocate: tool("fallocate") },
    settings: {
      quiet: { seconds: 1, cpuPercent: 60, diskKiBPerSecond: 500, capMinutes: 1 },
      bootMinutes: 2,
      memoryLayout: parts.memoryLayout,
    },
    desktop: false,
  };
  const runConfig: RunStage = {
    ...base,
    stage: "run",
    settings: { timeoutMinutes: 2, reviveSeconds: 30, clock: "snapshot" },
    snapshot: join(folder, "snapshot"),
    ram: join(folder, "snapshot-ram"),
    outputs: {},
    keeps: "result",
    command: {
      kind: "bash",
      script: join(folder, "script"),
      environment: {},
      passAsFile: {},
      attributes: null,
      makeOutputs: true,
      desktop: false,
    },
    evaluationExpires: null,
  };
  const frozenFiles = [
    disk,
    join(runConfig.snapshot, snapshot.disk),
    join(runConfig.snapshot, snapshot.deviceState),
    keptRam(runConfig.ram, parts.memoryLayout),
    ...(isUefi ? [join(folder, "image", image.uefiVars), join(runConfig.snapshot, snapshot.uefiVars)] : []),
  ];
  const context = (name: string): StageContext => ({
    log: createLog({ write: (line) => process.stderr.write(`${name}: ${line}\n`) }),
    vitals: createVitals(),
    host: realHost,
    top: join(folder, "top"),
    ended: () => false,
    flags: [],
    cwd: folder,
    console: createScriptedConsole().console,
    output: () => undefined,
  });
  return { snapshotConfig, runConfig, frozenFiles, context };
}

function tool(name: string): string {
  return findProgram(name) ?? name;
}

function field(report: string | undefined, name: string): string | undefined {
  return new RegExp(`^${name} (.*)$`, "m").exec(report ?? "")?.[1];
}

async function hashes(files: readonly string[]): Promise<string[]> {
  return Promise.all(
    files.map(async (file) =>
      createHash("sha256")
        .update(await readFile(file))
        .digest("hex"),
    ),
  );
}
