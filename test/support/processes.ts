import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";

/** Fails unless every process of these ids is gone, or goes within a second. */
export async function assertGone(pids: readonly number[], timeoutMs = 1000): Promise<void> {
  const started = performance.now();
  let left = pids.filter(isAlive);
  while (left.length > 0 && performance.now() - started < timeoutMs) {
    await sleep(10);
    left = left.filter(isAlive);
  }
  assert.deepEqual(left, [], "processes left behind");
}

/** True for a process that runs; a zombie that its parent has not collected yet does not. */
export function isAlive(pid: number): boolean {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    return stat.slice(stat.lastIndexOf(")") + 2, stat.lastIndexOf(")") + 3) !== "Z";
  } catch {
    return false;
  }
}
