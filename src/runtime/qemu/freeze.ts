import { open, stat } from "node:fs/promises";
import * as z from "zod";
import { exitCodes, ToolError } from "../../errors.ts";
import { type Vitals, waitFor } from "../vitals.ts";
import type { Machine } from "./machine.ts";

const migrationSchema = z.object({ status: z.string().default("none"), "error-desc": z.string().optional() });
const statusSchema = z.object({ status: z.string() });

const ignoreShared = { capabilities: [{ capability: "x-ignore-shared", state: true }] };

export interface Frozen {
  /** From `stop` until the state was written. */
  readonly tookMs: number;
  readonly deviceStateBytes: number;
}

/**
 * Stops the guest and writes its device state; the RAM is in its shared file already. The machine stays, stopped: `quit`
 * then lets QEMU finish its disk.
 */
export async function freeze(
  machine: Machine,
  options: { readonly deviceState: string; readonly vitals: Vitals },
): Promise<Frozen> {
  const { deviceState, vitals } = options;
  const started = performance.now();
  await machine.execute("stop");
  await machine.execute("migrate-set-capabilities", ignoreShared);
  await machine.execute("migrate", { uri: `file:${deviceState}` });
  await waitFor(vitals, "freeze", {
    what: "the device state to be written",
    timeoutMs: 120_000,
    intervalMs: 2,
    probe: async (observe) => {
      const now = migrationSchema.parse(await machine.execute("query-migrate"));
      observe(`status ${now.status}`);
      if (now.status === "failed" || now.status === "cancelled") {
        throw notWritten(deviceState, now["error-desc"] ?? `status ${now.status}`);
      }
      return now.status === "completed" ? true : undefined;
    },
  });
  const tookMs = performance.now() - started;
  return { tookMs, deviceStateBytes: await syncFile(deviceState) };
}

/** Loads a device state into a machine that was started for it; it is then paused, and `cont` lets it run. */
export async function loadDeviceState(
  machine: Machine,
  options: { readonly deviceState: string; readonly vitals: Vitals },
): Promise<void> {
  // Before migrate-incoming: plain `-incoming file:` refuses the state.
  await machine.execute("migrate-set-capabilities", ignoreShared);
  await machine.execute("migrate-incoming", { uri: `file:${options.deviceState}` });
  await waitFor(options.vitals, "revive", {
    what: "the device state to be loaded",
    timeoutMs: 120_000,
    intervalMs: 2,
    probe: async (observe) => {
      const now = statusSchema.parse(await machine.execute("query-status"));
      observe(`status ${now.status}`);
      return now.status === "inmigrate" ? undefined : true;
    },
  });
}

async function syncFile(file: string): Promise<number> {
  await using handle = await open(file, "r+");
  await handle.sync();
  return (await stat(file)).size;
}

function notWritten(file: string, reason: string): ToolError {
  const message = `freeze: ${file} could not be written: ${reason}`;
  if (!reason.includes("No space left")) return new ToolError(message);
  const hint = "Free space on that file system, and build again.";
  return new ToolError(message, { exitCode: exitCodes.space, hint });
}
