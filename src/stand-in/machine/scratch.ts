import { existsSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Path of a file in memory that nobody else uses; the variables TEMP and TMP hold Windows paths on the stand-in. */
export function scratchFile(purpose: string): string {
  const folder = existsSync("/stand-in/bin") ? "/run" : tmpdir();
  return join(folder, `${purpose}-${process.pid}-${Math.random().toString(36).slice(2)}`);
}
