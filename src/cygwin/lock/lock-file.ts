import { readFile, rename, writeFile } from "node:fs/promises";
import { ToolError } from "../../errors.ts";
import { type CygwinLock, lockSchema, lockVersion } from "../lock-schema.ts";

/** Reads a lock; undefined when there is none. Throws ToolError for a file that is no lock, with the command that mends it. */
export async function loadLock(file: string): Promise<CygwinLock | undefined> {
  let text: string;
  try {
    text = await readFile(file, "utf8");
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return undefined;
    throw error;
  }
  return parseLock(text, file);
}

/** The lock that this text is. */
export function parseLock(text: string, file: string): CygwinLock {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw notALock(file, error instanceof Error ? error.message : "no JSON");
  }
  const parsed = lockSchema.safeParse(value);
  if (parsed.success) return parsed.data;
  const version: unknown =
    typeof value === "object" && value !== null ? Reflect.get(value, "version") : undefined;
  if (typeof version === "number" && version > lockVersion)
    throw new ToolError(`${file}: version is not supported, got ${version}; allowed: ${lockVersion}`, {
      hint: "It comes from a newer casement than this one; use that, or make the lock anew with this one.",
    });
  const [issue] = parsed.error.issues;
  throw notALock(file, `${issue?.path.join(".") ?? ""}: ${issue?.message ?? "wrong"}`);
}

/** The lock as its file holds it: the same lock gives the same bytes. */
export function printLock(lock: CygwinLock): string {
  return `${JSON.stringify(lock, null, 2)}\n`;
}

/** Writes a lock whole or not at all. */
export async function writeLock(file: string, lock: CygwinLock): Promise<void> {
  const temporary = `${file}.new`;
  await writeFile(temporary, printLock(lock));
  await rename(temporary, file);
}

function notALock(file: string, reason: string): ToolError {
  return new ToolError(`${file}: not a lock that casement wrote: ${reason}`, {
    hint: "Restore it from version control, or delete it and run: casement lock",
  });
}
