import { access, stat } from "node:fs/promises";
import { join } from "node:path";
import { image, snapshot } from "../contract/filenames.ts";
import type { SnapshotRecord } from "../contract/records.ts";
import type { RevivingStage } from "../contract/stage-config.ts";
import { exitCodes, ToolError } from "../errors.ts";
import { assertSameFingerprint, buildFingerprint } from "./fingerprint.ts";
import type { Host } from "./host.ts";
import { keptRam } from "./ram-file.ts";
import { loadImageRecord, loadRamRecord, loadSnapshotRecord } from "./records.ts";
import { hashVariables } from "./uefi-vars.ts";

/**
 * Checks that image, snapshot and RAM are whole and belong together, and that this run's machine is the frozen one; all of
 * it before anything starts. Two stores mixed by `nix copy` otherwise pair one machine's disk with another's RAM.
 */
export async function loadParents(config: RevivingStage, host: Host): Promise<SnapshotRecord> {
  const record = await loadSnapshotRecord(config.snapshot);
  const [ram, parent] = [await loadRamRecord(config.ram), await loadImageRecord(config.image)];
  if (ram.buildId !== record.buildId) {
    throw mismatch(
      `snapshot ${config.snapshot} and RAM ${config.ram} come from different freezes, got build ids ${record.buildId} and ${ram.buildId}`,
    );
  }
  const imageBuildId = record.fingerprint.imageBuildId;
  if (parent.buildId !== imageBuildId) {
    throw mismatch(
      `snapshot ${config.snapshot} was made from another build of the image, got image ${config.image} with build id ${parent.buildId}; the snapshot wants ${imageBuildId}`,
    );
  }
  await assertSize(keptRam(config.ram, record.ram.layout), record.ram.fileBytes);
  await assertSize(join(config.snapshot, snapshot.deviceState), record.deviceStateBytes);
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
  assertSameFingerprint(record.fingerprint, now);
  return record;
}

async function assertSize(file: string, wanted: number): Promise<void> {
  const found = await stat(file).catch((cause: unknown) => {
    throw new ToolError(`${file} is missing: the snapshot is not whole`, { cause });
  });
  if (found.size === wanted) return;
  throw mismatch(`${file} is damaged, got ${found.size} bytes; the snapshot was made with ${wanted}`);
}

function mismatch(message: string): ToolError {
  return new ToolError(message, {
    hint: "Remove the damaged or foreign store path (nix store delete) and build the snapshot again.",
    exitCode: exitCodes.mismatch,
  });
}
