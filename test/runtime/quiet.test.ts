import assert from "node:assert/strict";
import { test } from "node:test";
import { createQuietMeter } from "../../src/runtime/quiet.ts";

const settings = { seconds: 10, cpuPercent: 5, diskKiBPerSecond: 100, capMinutes: 1 };

/** Samples once a second; each entry is the share of a CPU and the KiB of that second. */
function measure(load: readonly (readonly [percent: number, kib: number])[]) {
  const meter = createQuietMeter(settings);
  let cpuMs = 0;
  let diskBytes = 0;
  let reading = meter.add({ atMs: 0, cpuMs, diskBytes });
  for (const [index, [percent, kib]] of load.entries()) {
    cpuMs += percent * 10;
    diskBytes += kib * 1024;
    reading = meter.add({ atMs: (index + 1) * 1000, cpuMs, diskBytes });
  }
  return reading;
}

const repeat = (count: number, percent: number, kib: number) =>
  Array.from({ length: count }, () => [percent, kib] as const);

const rows = [
  { title: "an idle guest is quiet after the whole time", load: repeat(10, 1, 1), quiet: true },
  { title: "not a second earlier", load: repeat(9, 1, 1), quiet: false },
  { title: "a busy CPU is not quiet", load: repeat(30, 6, 1), quiet: false },
  { title: "a busy disk is not quiet", load: repeat(30, 1, 120), quiet: false },
  {
    title: "what was before the window does not count",
    load: [...repeat(20, 100, 5000), ...repeat(10, 1, 1)],
    quiet: true,
  },
  {
    title: "a burst within the window counts",
    load: [...repeat(20, 1, 1), [60, 1] as const, ...repeat(5, 1, 1)],
    quiet: false,
  },
  { title: "a short spike is averaged away", load: [...repeat(9, 1, 1), [20, 1] as const], quiet: true },
];

for (const { title, load, quiet } of rows) {
  test(title, () => assert.equal(measure(load).quiet, quiet));
}

test("reports the load over the window", () => {
  assert.deepEqual(measure(repeat(40, 50, 20)), {
    quiet: false,
    cpuPercent: 50,
    diskKiBPerSecond: 20,
    overSeconds: 10,
  });
});
