import type { Timeline } from "../../../src/contract/timeline.ts";

/** A short run with everything that a timeline can show: steps that overlap, one that took no time, one that failed, one that went on. */
export const sample: Timeline = {
  version: 1,
  title: 'run <"tests" & more>',
  totalMs: 2000,
  phases: [
    { name: "revive", startMs: 100, endMs: 1500 },
    { name: "run", startMs: 1500, endMs: 2000 },
  ],
  steps: [
    { name: "loads Node and itself", who: "runtime", startMs: 0, endMs: 100, outcome: "done" },
    { name: "starts QEMU", who: "guest", startMs: 150, endMs: 400, outcome: "done" },
    { name: "boots", who: "controller", startMs: 160, endMs: 1400.4, outcome: "done" },
    { name: "goes on", who: "guest", startMs: 1500, endMs: 1500.2, outcome: "done" },
    { name: "runs the command", who: "agent", startMs: 1600, endMs: 1990, outcome: "failed" },
    { name: "ends the machines", who: "runtime", startMs: 1990, endMs: 2000, outcome: "unfinished" },
  ],
};
