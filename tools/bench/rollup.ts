import { readFile } from "node:fs/promises";

/** What one process holds in memory, in megabytes (10^6 bytes). */
export interface Resident {
  /** All of its pages that are in memory, shared ones counted whole. */
  readonly rssMB: number;
  /** The same with each shared page divided by the number of those who share it (proc(5)). */
  readonly pssMB: number;
  /** Pages that nobody else has. */
  readonly privateMB: number;
}

/** The machines (QEMU) that a process has started and that still run. */
export async function findMachines(parent: number): Promise<readonly number[]> {
  const found = await readFile(`/proc/${parent}/task/${parent}/children`, "utf8").catch(() => "");
  const names = found
    .split(" ")
    .filter((pid) => pid !== "")
    .map(async (pid) => {
      const name = await readFile(`/proc/${pid}/comm`, "utf8").catch(() => "");
      return name.startsWith("qemu") ? [Number(pid)] : [];
    });
  return (await Promise.all(names)).flat();
}

/** Reads /proc/PID/smaps_rollup; throws where a field is missing. */
export function parseRollup(text: string): Resident {
  return {
    rssMB: field(text, "Rss"),
    pssMB: field(text, "Pss"),
    privateMB: field(text, "Private_Clean") + field(text, "Private_Dirty"),
  };
}

function field(text: string, name: string): number {
  const kib = new RegExp(`^${name}:\\s+(\\d+) kB$`, "m").exec(text)?.[1];
  if (kib === undefined) throw new Error(`smaps_rollup has no field ${name}`);
  return (Number(kib) * 1024) / 1e6;
}
