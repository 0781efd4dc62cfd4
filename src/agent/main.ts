import type { AgentSurroundings } from "../contract/agent.ts";
import { createHandler } from "./handle.ts";
import { guestLayout } from "./session-layout.ts";

export { agentVersion } from "../contract/agent.ts";

/** The agent: logs in to the guest and runs there what the runtime asks for. */
export function createAgent(surroundings: AgentSurroundings): ReturnType<typeof createHandler> {
  return createHandler({ ...surroundings, layout: guestLayout });
}
