import { readFile } from "node:fs/promises";

/** Seconds of CPU that a process and its threads have had so far, proc(5)'s utime and stime. */
export async function cpuSeconds(pid: number): Promise<number> {
  return parseCpuSeconds(await readFile(`/proc/${pid}/stat`, "utf8"));
}

/** The same of a line of /proc/PID/stat; the process's name, which may hold blanks, stands in parentheses before. */
export function parseCpuSeconds(stat: string): number {
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  const ticks = Number(fields[11]) + Number(fields[12]);
  if (!Number.isFinite(ticks)) throw new Error(`/proc/PID/stat was not understood: ${stat}`);
  // USER_HZ is 100 on every Linux that counts.
  return ticks / 100;
}
