import { createHash } from "node:crypto";
import { chmod, copyFile, readFile } from "node:fs/promises";
import { ToolError } from "../errors.ts";

/** OVMF as a machine uses it: shared code, variables of its own. */
export interface Uefi {
  readonly code: string;
  readonly vars: string;
}

/** Gives a machine its own writable copy of its parent's variables; null for BIOS, where `code` is null. */
export async function copyVariables(options: {
  readonly code: string | null;
  readonly from: string;
  readonly to: string;
}): Promise<Uefi | null> {
  if (options.code === null) return null;
  await copyFile(options.from, options.to);
  // What lies in the store is read-only, and its copy would be too.
  await chmod(options.to, 0o644);
  return { code: options.code, vars: options.to };
}

/** SHA-256 of a file of variables, for the fingerprint; null for BIOS, where `code` is null. */
export async function hashVariables(code: string | null, file: string): Promise<string | null> {
  if (code === null) return null;
  const bytes = await readFile(file).catch((cause: unknown) => {
    throw new ToolError(`${file} is missing: the snapshot is not whole`, { cause });
  });
  return createHash("sha256").update(bytes).digest("hex");
}
