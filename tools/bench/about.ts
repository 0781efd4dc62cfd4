import { cpus, loadavg, totalmem } from "node:os";
import type { Parts } from "./machines.ts";
import { run } from "../../src/process/run.ts";

/** What the figures were measured on, in general terms. */
export interface About {
  readonly guest: string;
  readonly accelerator: string;
  readonly qemu: string;
  readonly cpus: number;
  readonly memoryGB: number;
  readonly node: string;
  /** Average of runnable processes over the minute before the bench, and over the last one of it; a high first one says that others used the machine too. */
  readonly load: { readonly before: number; readonly after: number };
}

/** Asks QEMU for its version; without machines the figures are Node's alone. */
export async function describeMachine(parts: Parts | undefined, loadBefore: number): Promise<About> {
  const version =
    parts === undefined ? "" : (await run({ file: parts.tools.qemu, args: ["--version"] })).stdout;
  return {
    guest: parts?.title ?? "none",
    accelerator: parts?.hardware.accelerator ?? "none",
    qemu: /version (\S+)/.exec(version)?.[1] ?? "none",
    cpus: cpus().length,
    memoryGB: Math.round(totalmem() / 1e9),
    node: process.versions.node,
    load: { before: loadBefore, after: loadNow() },
  };
}

/** Average of runnable processes over the last minute. */
export function loadNow(): number {
  return Math.round((loadavg()[0] ?? 0) * 10) / 10;
}

/** Lines that stand above the table. */
export function renderAbout(about: About): string {
  const machine = `${about.cpus} CPUs, ${about.memoryGB} GB of memory, Node ${about.node}, load ${about.load.before} before and ${about.load.after} after`;
  if (about.accelerator === "none") return `Measured on ${machine}.\n`;
  return (
    `The guest is ${about.guest}, a small Linux that plays it; nothing of this was measured on Windows.\n` +
    `Accelerator ${about.accelerator}, QEMU ${about.qemu}; ${machine}.\n`
  );
}
