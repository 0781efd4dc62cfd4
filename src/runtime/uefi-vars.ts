import { chmod, copyFile } from "node:fs/promises";

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
