import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { z } from "zod";
import { frozenController, image, snapshot } from "../contract/filenames.ts";
import {
  type ControllerRecord,
  controllerRecordSchema,
  type ImageRecord,
  imageRecordSchema,
  type RamRecord,
  ramRecordSchema,
  recordVersion,
  type SnapshotRecord,
  snapshotRecordSchema,
} from "../contract/records.ts";
import { exitCodes, ToolError } from "../errors.ts";

/**
 * Reads what an image left; a ToolError where it is missing, of another version, or not what it should be. A layer's disk is
 * an overlay of its parent's, so that has to be the one that it was made on, down to the installation.
 */
export async function loadImageRecord(folder: string): Promise<ImageRecord> {
  const record = await loadRecord("image", join(folder, image.record), imageRecordSchema);
  if (record.parent === null) return record;
  const { path, buildId } = record.parent;
  const found = await loadImageRecord(path);
  if (found.buildId === buildId) return record;
  throw new ToolError(
    `layer ${folder} was made on another build of ${path}, got build id ${found.buildId}; the layer wants ${buildId}`,
    {
      hint: "Remove the damaged or foreign store path (nix store delete) and build the layer again.",
      exitCode: exitCodes.mismatch,
    },
  );
}

/** Reads what a snapshot left, less its RAM's record. */
export async function loadSnapshotRecord(folder: string): Promise<SnapshotRecord> {
  return loadRecord("snapshot", join(folder, snapshot.record), snapshotRecordSchema);
}

/** Reads what a frozen controller left, less its RAM's record. */
export async function loadControllerRecord(folder: string): Promise<ControllerRecord> {
  return loadRecord("controller", join(folder, frozenController.record), controllerRecordSchema);
}

/** Reads the record that lies beside the RAM. */
export async function loadRamRecord(folder: string): Promise<RamRecord> {
  return loadRecord("ram", join(folder, snapshot.ramRecord), ramRecordSchema);
}

/** Writes what an image leaves; it comes last of its output, because its presence says that the rest is whole. */
export async function writeImageRecord(folder: string, record: ImageRecord): Promise<void> {
  await writeRecord(join(folder, image.record), record);
}

/** Writes what a snapshot leaves, as the last of its output too. */
export async function writeSnapshotRecord(folder: string, record: SnapshotRecord): Promise<void> {
  await writeRecord(join(folder, snapshot.record), record);
}

/** Writes what a frozen controller leaves, as the last of its output too. */
export async function writeControllerRecord(folder: string, record: ControllerRecord): Promise<void> {
  await writeRecord(join(folder, frozenController.record), record);
}

/** Writes the record that lies beside the RAM. */
export async function writeRamRecord(folder: string, record: RamRecord): Promise<void> {
  await writeRecord(join(folder, snapshot.ramRecord), record);
}

// For these only: of a union, TypeScript lets a record pass that lacks a field, for one of another kind.
async function writeRecord(file: string, record: object): Promise<void> {
  await writeFile(file, `${JSON.stringify(record, null, 2)}\n`);
}

async function loadRecord<T>(what: string, file: string, schema: z.ZodType<T>): Promise<T> {
  const text = await readFile(file, "utf8").catch((cause: unknown) => {
    throw new ToolError(`${what}: ${file} cannot be read, so this ${what} is not whole`, {
      hint: `Build the ${what} again.`,
      cause,
    });
  });
  const value = parseJson(text);
  const version: unknown =
    typeof value === "object" && value !== null && "version" in value ? value.version : undefined;
  if (version !== recordVersion) {
    throw new ToolError(
      `${what}: ${file} has another version, got ${JSON.stringify(version)}; allowed: ${recordVersion}`,
      {
        hint: `Build the ${what} again with this version of Casement.`,
        exitCode: exitCodes.mismatch,
      },
    );
  }
  const record = schema.safeParse(value);
  if (record.success) return record.data;
  const faults = record.error.issues.map((issue) => `  ${issue.path.join(".")}: ${issue.message}`);
  throw new ToolError(`${what}: ${file} is not what it should be\n${faults.join("\n")}`, {
    hint: `Build the ${what} again.`,
    exitCode: exitCodes.mismatch,
  });
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
