import { once } from "node:events";
import { existsSync } from "node:fs";
import { connect, createServer } from "node:net";
import { ToolError } from "../../errors.ts";
import { within } from "../vitals.ts";
import type { DriverWords } from "./words.ts";

const driverTimeoutMs = 5_000;

/**
 * Plays a QEMU that has started, to a driver that still waits for one: only from then on it reads what its machine's program says, and
 * older drivers wait without an end. Does nothing where there was a QEMU.
 */
export async function playMissingQemu({ monitor, qmp }: Pick<DriverWords, "monitor" | "qmp">): Promise<void> {
  if (qmp !== undefined && existsSync(qmp)) return;
  const answered = Promise.withResolvers<void>();
  if (qmp === undefined) answered.resolve();
  const server = createServer((driver) => {
    driver.on("error", () => undefined);
    driver.write('{"QMP":{"version":{},"capabilities":[]}}\n');
    driver.once("data", () => driver.end('{"return":{}}\n', answered.resolve));
  });
  server.on("error", () => answered.resolve());
  // Before the monitor: the driver looks for it next.
  if (qmp !== undefined) server.listen(qmp);
  const prompt = connect(monitor);
  try {
    await once(prompt, "connect");
    await within(answered.promise, driverTimeoutMs, () => new ToolError("the driver does not ask"));
  } catch {
    // It has gone, or has had its QEMU.
  } finally {
    prompt.destroy();
    server.close();
  }
}
