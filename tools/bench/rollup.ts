import { readFile } from "node:fs/promises";

/** What one process holds in memory, in megabytes (10^6 bytes). */
export interface Resident {
  /** All of its pages that are in memory, shared ones counted whole. */
  readonly rssMB: number;
  /** The same with each shared page divided by the number of those who share it (proc(5)). */
  readonly pssMB: number;
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
  };
}

function field(text: string, name: string): number {
  const kib = new RegExp(`^${name}:\\s+(\\d+) kB$`, "m").exec(text)?.[1];
  if (kib === undefined) throw new Error(`smaps_rollup has no field ${name}`);
  return (Number(kib) * 1024) / 1e6;
}

/** What a machine has for itself, in megabytes: pages that it has made, or changed in its copy of a file. */
export interface OwnMemory {
  readonly pssMB: number;
  readonly privateMB: number;
  /** The part of it that is code which QEMU's emulation has translated; with KVM there is none. */
  readonly translatedMB: number;
}

/** Reads /proc/PID/smaps. The one mapping that can be written and executed is the emulation's. */
export function parseSmaps(text: string): OwnMemory {
  const mappings = text.split(/^(?=[0-9a-f]+-[0-9a-f]+ )/m).filter((mapping) => mapping.includes("Pss:"));
  const sum = (name: string, some: readonly string[]): number =>
    some.reduce((total, mapping) => total + field(mapping, name), 0);
  return {
    pssMB: sum("Pss", mappings),
    privateMB: sum("Anonymous", mappings),
    translatedMB: sum(
      "Anonymous",
      mappings.filter((mapping) => / rwxp /.test(mapping.slice(0, mapping.indexOf("\n")))),
    ),
  };
}
