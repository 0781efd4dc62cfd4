import { stat } from "node:fs/promises";
import { SpecError } from "../errors.ts";

// A spec is written by a person; more is a wrong file.
const maximumBytes = 1024 * 1024;

/** Throws SpecError where a spec is no file, or too long for one. */
export async function assertFile(file: string): Promise<void> {
  const stats = await stat(file).catch((error: unknown) => {
    if (isMissing(error)) {
      throw fileFault(file, "there is no such file", "Name the spec: casement generate FILE");
    }
    throw fileFault(file, `cannot be read: ${reason(error)}`);
  });
  if (stats.isDirectory()) {
    throw fileFault(file, "is a folder", "Name the spec in it: casement generate FOLDER/casement.yaml");
  }
  if (!stats.isFile()) throw fileFault(file, "is not a plain file");
  if (stats.size > maximumBytes) {
    throw fileFault(file, `has to be at most ${maximumBytes} bytes long, got ${stats.size}`);
  }
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && "code" in error && (error.code === "ENOENT" || error.code === "ENOTDIR");
}

/** The fault of a spec as a whole. */
export function fileFault(file: string, message: string, hint?: string): SpecError {
  return new SpecError(file, [hint === undefined ? { path: "", message } : { path: "", message, hint }]);
}

/** What an error says. */
export function reason(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
