import { access } from "node:fs/promises";
import { join } from "node:path";
import { image, snapshot } from "../contract/filenames.ts";
import type { SnapshotRecord } from "../contract/records.ts";
import type { RevivingStage } from "../contract/stage-config.ts";
import { ToolError } from "../errors.ts";
import { assertFrozenController } from "./controller/frozen.ts";
import { assertSameFingerprint, buildFingerprint } from "./fingerprint.ts";
import type { Host } from "./host.ts";
import { assertOneFreeze, mismatch } from "./one-freeze.ts";
import { loadImageRecord, loadSnapshotRecord } from "./records.ts";
import { hashVariables } from "./uefi-vars.ts";

/**
 * Checks that image, snapshot and RAM are whole and belong together, and that this run's machine and controller are the frozen
 * ones; all of it before anything starts. Two stores mixed by `nix copy` otherwise pair one machine's disk with another's RAM.
 */
export async function loadParents(config: RevivingStage, host: Host): Promise<SnapshotRecord> {
  const record = await loadSnapshotRecord(config.snapshot);
  const parent = await loadImageRecord(config.image);
  await assertOneFreeze("snapshot", { folder: config.snapshot, ram: config.ram, record });
  const imageBuildId = record.fingerprint.imageBuildId;
  if (parent.buildId !== imageBuildId) {
    throw mismatch(
      "snapshot",
      `snapshot ${config.snapshot} was made from another build of the image, got image ${config.image} with build id ${parent.buildId}; the snapshot wants ${imageBuildId}`,
    );
  }
  for (const file of [join(config.snapshot, snapshot.disk), join(config.image, image.disk)]) {
    await access(file).catch((cause: unknown) => {
      throw new ToolError(`${file} is missing: the snapshot is not whole`, { cause });
    });
  }
  const now = buildFingerprint({
    imageBuildId,
    qemu: config.tools.qemu,
    hardware: config.hardware,
    uefiCode: config.uefiCode,
    uefiVariables: await hashVariables(config.uefiCode, join(config.snapshot, snapshot.uefiVars)),
    host: await host.cpu(),
  });
  assertSameFingerprint("the snapshot", record.fingerprint, now);
  await assertFrozenController(config, config.hardware.accelerator, host);
  return record;
}
