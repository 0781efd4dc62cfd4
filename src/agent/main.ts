import { type AgentSettings, controllerSettings } from "./agent-settings.ts";
import { createHandlers } from "./handle.ts";
import { findAgentPort, openPort, type Port, standardPort } from "./port.ts";
import { serve } from "./serve.ts";
import { sleepUnderInit } from "./sleep.ts";
import { reasonOf } from "./step-error.ts";

const usage = `usage: node agent.mjs [PORT | --stdio | --sleep]
PORT is the virtio-serial port's device; without it the port is looked for by its name. The agent ends when the
runtime asks for power-off or goes away. With --sleep it is frozen and woken with its controller, with the help of the
/init that started it.`;

async function choosePort(argument: string | undefined): Promise<Port> {
  if (argument === "--stdio") return standardPort();
  return openPort(argument === undefined || argument === "--sleep" ? await findAgentPort() : argument);
}

/** CASEMENT_AGENT_SETTINGS (JSON, any part of AgentSettings) is for tests, which have other folders and ports. */
function readSettings(): AgentSettings {
  // oxlint-disable-next-line typescript/no-unsafe-assignment -- our own tests write it
  const given: Partial<AgentSettings> = JSON.parse(process.env["CASEMENT_AGENT_SETTINGS"] ?? "{}");
  return { ...controllerSettings, ...given };
}

const [argument, ...more] = process.argv.slice(2);
if (more.length > 0 || (argument?.startsWith("-") && !["--stdio", "--sleep"].includes(argument))) {
  process.stderr.write(`${usage}\n`);
  process.exit(2);
}
try {
  const settings = readSettings();
  const sleep =
    argument === "--sleep"
      ? sleepUnderInit(async () => (await import("./warm-up.ts")).warmUp(settings), {
          said: process.stdin,
          tell: process.stdout,
          now: Date.now,
        })
      : undefined;
  await serve(await choosePort(argument), createHandlers(settings), sleep);
  // A read of the port may still hang in the kernel.
  process.exit(0);
} catch (error) {
  process.stderr.write(`casement agent: ${reasonOf(error)}\n`);
  process.exit(1);
}
