import { type AgentSettings, controllerSettings } from "./agent-settings.ts";
import { createHandlers, loadHandlers } from "./handle.ts";
import { findAgentPort, openPort, type Port, standardPort } from "./port.ts";
import { serve } from "./serve.ts";
import { reasonOf } from "./step-error.ts";

const usage = `usage: node agent.mjs [PORT | --stdio | --compile]
PORT is the virtio-serial port's device; without it the port is looked for by its name. The agent ends when the
runtime asks for power-off or goes away. --compile loads all of it and ends, for Node's NODE_COMPILE_CACHE.`;

async function choosePort(argument: string | undefined): Promise<Port> {
  if (argument === "--stdio") return standardPort();
  return openPort(argument ?? (await findAgentPort()));
}

/** CASEMENT_AGENT_SETTINGS (JSON, any part of AgentSettings) is for tests, which have other folders and ports. */
function readSettings(): AgentSettings {
  // oxlint-disable-next-line typescript/no-unsafe-assignment -- our own tests write it
  const given: Partial<AgentSettings> = JSON.parse(process.env["CASEMENT_AGENT_SETTINGS"] ?? "{}");
  return { ...controllerSettings, ...given };
}

const [argument, ...more] = process.argv.slice(2);
if (more.length > 0 || (argument?.startsWith("-") && !["--stdio", "--compile"].includes(argument))) {
  process.stderr.write(`${usage}\n`);
  process.exit(2);
}
try {
  if (argument === "--compile") await loadHandlers();
  else await serve(await choosePort(argument), createHandlers(readSettings()));
  // A read of the port may still hang in the kernel.
  process.exit(0);
} catch (error) {
  process.stderr.write(`casement agent: ${reasonOf(error)}\n`);
  process.exit(1);
}
