import { readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { ToolError } from "../errors.ts";

/** The lock's file in the output folder; it holds the number of the process that writes. */
export const lockName = ".casement-lock";

/**
 * Runs the action while no other casement writes to the folder. Waits for one that is at work, takes over from one
 * that died, and throws ToolError after timeoutMs.
 */
export async function whileLocked<T>(
  folder: string,
  action: () => Promise<T>,
  timeoutMs = 10_000,
): Promise<T> {
  const file = join(folder, lockName);
  await takeLock(file, folder, timeoutMs);
  try {
    return await action();
  } finally {
    await rm(file, { force: true });
  }
}

async function takeLock(file: string, folder: string, timeoutMs: number): Promise<void> {
  const deadline = performance.now() + timeoutMs;
  while (!(await tryLock(file))) {
    const owner = await readFile(file, "utf8").catch(() => "");
    if (owner !== "" && !isAlive(Number(owner))) {
      await rm(file, { force: true });
    } else if (performance.now() > deadline) {
      throw new ToolError(
        `${folder}: another casement (process ${owner || "unknown"}) has been writing here for ${timeoutMs / 1000} s`,
        { hint: `Run it again when that one is done; if there is none, remove ${file}` },
      );
    } else {
      await sleep(50);
    }
  }
}

async function tryLock(file: string): Promise<boolean> {
  try {
    await writeFile(file, String(process.pid), { flag: "wx" });
    return true;
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "EEXIST") return false;
    throw error;
  }
}

function isAlive(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0) return true;
  try {
    return process.kill(pid, 0);
  } catch (error) {
    // EPERM: it lives and is somebody else's.
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}
