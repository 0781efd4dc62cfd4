import type { AgentSurroundings } from "../contract/agent.ts";
import type { SessionLayout } from "./session-layout.ts";

/** What the agent has around it, and where things lie in the guest; tests have other folders there. */
export interface AgentSettings extends AgentSurroundings {
  readonly layout: SessionLayout;
}
