import { stat } from "node:fs/promises";
import type { SnapshotRecord } from "../contract/records.ts";
import type { RevivingStage } from "../contract/stage-config.ts";
import { exitCodes, ToolError } from "../errors.ts";
import type { StageContext } from "./context.ts";
import { assertFreeSpace } from "./host.ts";
import { seconds } from "./log.ts";
import { keptRam, unpackRam } from "./ram-file.ts";
import type { Workspace } from "./workspace.ts";

/** Room that has to be left beside the memory: for the disk's overlay and the logs. */
const marginBytes = 256 * 2 ** 20;

/** Below this nobody has to be told of lost holes. */
const smallLossBytes = 16 * 2 ** 20;

/**
 * The file that a revived guest maps: the snapshot's own, or one in the working folder that it is unpacked to. Says where the
 * snapshot's own takes more room than the freeze left it with.
 */
export async function provideRam(
  config: RevivingStage,
  context: StageContext,
  { workspace, record }: { readonly workspace: Workspace; readonly record: SnapshotRecord },
): Promise<string> {
  const { layout } = record.ram;
  const kept = keptRam(config.ram, layout);
  if (layout === "packed") return unpack(kept, config, context, { workspace, record });
  const { blocks } = await stat(kept);
  const warning = describeLostHoles(blocks * 512, record.ram);
  if (warning !== undefined) context.log.line(warning);
  return kept;
}

async function unpack(
  packed: string,
  config: RevivingStage,
  context: StageContext,
  { workspace, record }: { readonly workspace: Workspace; readonly record: SnapshotRecord },
): Promise<string> {
  const { signal } = context.vitals;
  const ram = workspace.path("ram");
  await assertFreeSpace(context.host, {
    folder: workspace.folder,
    // The pages in use, whatever the file system of the store makes of them.
    bytes: record.ram.fileBytes + marginBytes,
    forWhat: "the unpacked memory",
  });
  const started = performance.now();
  await context.log.timeline.step("guest", "unpacks its memory", () =>
    unpackRam({ qemuImg: config.tools.qemuImg, packed, ram, signal }),
  );
  const { size, blocks } = await stat(ram);
  if (size !== record.ram.bytes) {
    throw new ToolError(
      `${packed} is damaged, got ${size} bytes of memory out of it; the snapshot was made with ${record.ram.bytes}`,
      {
        hint: "Remove the damaged store path (nix store delete) and build the snapshot again.",
        exitCode: exitCodes.mismatch,
      },
    );
  }
  context.log.line(
    `guest: memory unpacked in ${seconds(performance.now() - started)}, ${mebibytes(blocks * 512)} MiB on disk`,
  );
  return ram;
}

/** What to say of a memory that takes so many bytes on disk now; undefined where that is what the freeze left. */
export function describeLostHoles(
  bytesOnDisk: number,
  ram: Pick<SnapshotRecord["ram"], "bytesOnDisk">,
): string | undefined {
  const lost = bytesOnDisk - ram.bytesOnDisk;
  if (lost < Math.max(smallLossBytes, ram.bytesOnDisk * 0.1)) return undefined;
  return (
    `memory: ${mebibytes(bytesOnDisk)} MiB on disk for ${mebibytes(ram.bytesOnDisk)} MiB in use, because its holes were lost ` +
    "between two stores, unless it was frozen on a file system that compresses; this run is none the slower. " +
    "`sudo nix run github:casement-nix/casement#dig-holes` digs them again (docs/farm.md)"
  );
}

function mebibytes(bytes: number): number {
  return Math.round(bytes / 2 ** 20);
}
