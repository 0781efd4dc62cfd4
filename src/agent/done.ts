import type { AgentEnd } from "../contract/agent.ts";

/** How a request ended well. */
export type Done = Omit<Extract<AgentEnd, { type: "done" }>, "type">;
