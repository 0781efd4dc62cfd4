import { generated } from "../../contract/filenames.ts";
import { compareLocks } from "../../cygwin/lock/compare-locks.ts";
import { parseLock } from "../../cygwin/lock/lock-file.ts";
import type { CygwinLock } from "../../cygwin/lock-schema.ts";
import { ToolError } from "../../errors.ts";

/** What differs between two locks, as `casement lock` says it; undefined where one of them is none, or both say the same. */
export function lockChanges(
  old: Uint8Array | undefined,
  next: Uint8Array | undefined,
): readonly string[] | undefined {
  const [before, after] = [readLock(old), readLock(next)];
  if (before === "damaged" || after === "damaged") return undefined;
  if (before !== undefined && after !== undefined) {
    const lines = compareLocks(before, after);
    return lines.length === 0 ? undefined : lines;
  }
  const packages = (before ?? after)?.packages ?? [];
  return [`${packages.length} packages: ${packages.map(({ name }) => name).join(", ")}`];
}

function readLock(bytes: Uint8Array | undefined): CygwinLock | "damaged" | undefined {
  if (bytes === undefined) return undefined;
  try {
    return parseLock(Buffer.from(bytes).toString(), generated.cygwinLock);
  } catch (error) {
    if (error instanceof ToolError) return "damaged";
    throw error;
  }
}
