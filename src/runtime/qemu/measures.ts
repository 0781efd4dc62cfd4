import { readFile } from "node:fs/promises";
import * as z from "zod";
import type { Machine } from "./machine.ts";

const cpusSchema = z.array(z.object({ "thread-id": z.int() }));

const blockStatsSchema = z.array(
  z.object({
    device: z.string(),
    stats: z.object({ rd_bytes: z.number(), wr_bytes: z.number() }),
  }),
);

/** CPU time that the guest's vCPUs have used so far, in ms; QEMU's own threads are left out. */
export async function readVcpuMs(machine: Machine): Promise<number> {
  const cpus = cpusSchema.parse(await machine.execute("query-cpus-fast"));
  const threads = new Set(cpus.map((cpu) => cpu["thread-id"]));
  let ticks = 0;
  for (const thread of threads) {
    const stat = await readFile(`/proc/${machine.pid}/task/${thread}/stat`, "utf8").catch(() => "");
    ticks += ticksOfStat(stat);
  }
  // USER_HZ is 100 on Linux, whatever the kernel's own HZ is (proc_pid_stat(5)).
  return ticks * 10;
}

/** utime + stime of one line of /proc/PID/stat; 0 for a thread that is gone. */
export function ticksOfStat(stat: string): number {
  // Field 2 is the name in brackets and may hold blanks: fields are counted after its end, where field 3 begins.
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  return Number(fields[11] ?? 0) + Number(fields[12] ?? 0);
}

/** Bytes that each drive has read and written so far, by its id (`disk0`, `cd0`, …). */
export async function readDriveBytes(
  machine: Machine,
): Promise<ReadonlyMap<string, { readonly read: number; readonly written: number }>> {
  const drives = blockStatsSchema.parse(await machine.execute("query-blockstats"));
  return new Map(
    drives.map(({ device, stats }) => [device, { read: stats.rd_bytes, written: stats.wr_bytes }]),
  );
}

/** The sum over all drives. */
export async function readTrafficBytes(machine: Machine): Promise<number> {
  let sum = 0;
  for (const { read, written } of (await readDriveBytes(machine)).values()) sum += read + written;
  return sum;
}

const rtcSchema = z.object({
  tm_year: z.int(),
  tm_mon: z.int(),
  tm_mday: z.int(),
  tm_hour: z.int(),
  tm_min: z.int(),
  tm_sec: z.int(),
});

/** The guest's clock as its RTC shows it (UTC), seconds since 1970. */
export async function readGuestClock(machine: Machine): Promise<number> {
  const now = rtcSchema.parse(await machine.execute("qom-get", { path: "/machine", property: "rtc-time" }));
  return Date.UTC(now.tm_year + 1900, now.tm_mon, now.tm_mday, now.tm_hour, now.tm_min, now.tm_sec) / 1000;
}
