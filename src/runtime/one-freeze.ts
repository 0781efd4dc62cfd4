import { stat } from "node:fs/promises";
import { join } from "node:path";
import { snapshot } from "../contract/filenames.ts";
import type { FrozenRam } from "../contract/records.ts";
import { exitCodes, ToolError } from "../errors.ts";
import { keptRam } from "./ram-file.ts";
import { loadRamRecord } from "./records.ts";

/** What was frozen: a guest or a controller. */
export type FrozenKind = "snapshot" | "controller";

/** Throws a ToolError unless a record, the device state beside it and the RAM are whole and of one freeze. */
export async function assertOneFreeze(
  kind: FrozenKind,
  parts: {
    readonly folder: string;
    readonly ram: string;
    readonly record: {
      readonly buildId: string;
      readonly ram: FrozenRam;
      readonly deviceStateBytes: number;
    };
  },
): Promise<void> {
  const { folder, ram, record } = parts;
  const { buildId } = await loadRamRecord(ram);
  if (buildId !== record.buildId) {
    throw mismatch(
      kind,
      `${kind} ${folder} and RAM ${ram} come from different freezes, got build ids ${record.buildId} and ${buildId}`,
    );
  }
  await assertSize(kind, keptRam(ram, record.ram.layout), record.ram.fileBytes);
  await assertSize(kind, join(folder, snapshot.deviceState), record.deviceStateBytes);
}

/** A ToolError for parts that were not made together. */
export function mismatch(kind: FrozenKind, message: string): ToolError {
  return new ToolError(message, {
    hint: `Remove the damaged or foreign store path (nix store delete) and build the ${kind} again.`,
    exitCode: exitCodes.mismatch,
  });
}

async function assertSize(kind: FrozenKind, file: string, wanted: number): Promise<void> {
  const found = await stat(file).catch((cause: unknown) => {
    throw new ToolError(`${file} is missing: the ${kind} is not whole`, { cause });
  });
  if (found.size === wanted) return;
  throw mismatch(kind, `${file} is damaged, got ${found.size} bytes; the ${kind} was made with ${wanted}`);
}
