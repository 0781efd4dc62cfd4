import type { SnapshotSettings } from "../contract/machine.ts";
import type { Log } from "./log.ts";
import type { Machine } from "./qemu/machine.ts";
import { readTrafficBytes, readVcpuMs } from "./qemu/measures.ts";
import { pause, type Vitals } from "./vitals.ts";

type QuietSettings = SnapshotSettings["quiet"];

/** Counters of the guest at one moment, as the host sees them. */
export interface LoadSample {
  readonly atMs: number;
  readonly cpuMs: number;
  readonly diskBytes: number;
}

/** The load over the last `overSeconds` seconds; quiet only when that is as long as the settings ask. */
export interface QuietReading {
  readonly quiet: boolean;
  readonly cpuPercent: number;
  readonly diskKiBPerSecond: number;
  readonly overSeconds: number;
}

/** Averages samples over a sliding window of `settings.seconds`. */
export function createQuietMeter(settings: QuietSettings): { add(sample: LoadSample): QuietReading } {
  const samples: LoadSample[] = [];
  const windowMs = settings.seconds * 1000;
  return {
    add(sample) {
      samples.push(sample);
      // The oldest one kept is the youngest that still covers the whole window.
      while (samples.length > 2 && sample.atMs - (samples[1]?.atMs ?? sample.atMs) >= windowMs)
        samples.shift();
      const first = samples[0] ?? sample;
      const overSeconds = (sample.atMs - first.atMs) / 1000;
      if (overSeconds === 0) return { quiet: false, cpuPercent: 100, diskKiBPerSecond: 0, overSeconds };
      const cpuPercent = (sample.cpuMs - first.cpuMs) / 10 / overSeconds;
      const diskKiBPerSecond = (sample.diskBytes - first.diskBytes) / 1024 / overSeconds;
      const quiet =
        overSeconds >= settings.seconds &&
        cpuPercent < settings.cpuPercent &&
        diskKiBPerSecond < settings.diskKiBPerSecond;
      return { quiet, cpuPercent, diskKiBPerSecond, overSeconds };
    },
  };
}

/** Waits until the guest is quiet; the last reading, whose `quiet` is false when the cap came first. */
export async function untilQuiet(
  machine: Machine,
  settings: QuietSettings,
  options: { readonly vitals: Vitals; readonly log: Log },
): Promise<QuietReading> {
  const meter = createQuietMeter(settings);
  const started = performance.now();
  const intervalMs = Math.min(1000, Math.max(100, settings.seconds * 100));
  for (;;) {
    const [cpuMs, diskBytes] = [await readVcpuMs(machine), await readTrafficBytes(machine)];
    const atMs = performance.now();
    const reading = meter.add({ atMs, cpuMs, diskBytes });
    options.log.standing(describeReading(reading));
    if (reading.quiet || atMs - started >= settings.capMinutes * 60_000) return reading;
    await options.vitals.race(pause(intervalMs));
  }
}

/** Such as `CPU 2.1 % of one vCPU, disk 14 KiB/s over 60 s`. */
export function describeReading(reading: QuietReading): string {
  return (
    `CPU ${reading.cpuPercent.toFixed(1)} % of one vCPU, disk ${reading.diskKiBPerSecond.toFixed(0)} KiB/s ` +
    `over ${reading.overSeconds.toFixed(0)} s`
  );
}
