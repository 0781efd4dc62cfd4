import { mkdir, truncate, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { snapshot } from "../../src/contract/filenames.ts";
import type { BootedController, ControllerConfig } from "../../src/contract/stage-config.ts";
import { buildControllerFingerprint } from "../../src/runtime/controller/frozen.ts";
import { writeControllerRecord, writeRamRecord } from "../../src/runtime/records.ts";

const buildId = "3".repeat(32);

/** A controller that boots, of files that are not there. */
export function bootedController(folder: string): BootedController {
  return {
    mac: "52:54:00:12:34:02",
    memoryMiB: 256,
    machineType: "pc-i440fx-10.0",
    kernel: join(folder, "vmlinux"),
    initrd: join(folder, "initrd"),
    append: "",
    exports: [{ tag: "store", path: "/nix/store" }],
  };
}

/** The same controller, frozen by writeFrozenController. */
export function frozenController(folder: string): ControllerConfig {
  const frozen = { folder: join(folder, "controller"), ram: join(folder, "controller-ram") };
  return { ...bootedController(folder), frozen };
}

/** Writes the outputs of a freeze under emulation, as far as anybody but QEMU reads them. */
export async function writeFrozenController(folder: string, qemu: string): Promise<void> {
  const controller = bootedController(folder);
  const out = join(folder, "controller");
  const ram = join(folder, "controller-ram");
  await mkdir(out);
  await mkdir(ram);
  await writeFile(join(out, snapshot.deviceState), "state");
  await writeFile(join(ram, snapshot.ram), "");
  const bytes = controller.memoryMiB * 2 ** 20;
  await truncate(join(ram, snapshot.ram), bytes);
  await writeRamRecord(ram, { version: 1, buildId });
  await writeControllerRecord(out, {
    version: 1,
    buildId,
    fingerprint: buildControllerFingerprint({
      qemu,
      accelerator: "tcg",
      controller,
      host: { cpuVendor: "GenuineFake", tscKHz: null },
    }),
    ram: { layout: "sparse", bytes, fileBytes: bytes, bytesOnDisk: 0 },
    deviceStateBytes: 5,
  });
}
