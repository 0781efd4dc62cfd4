import type { Agent, AgentEnd, AgentRequest, AgentTalk } from "../contract/agent.ts";
import type { AgentSettings } from "./agent-settings.ts";
import { checkSession } from "./check-session.ts";
import { describeLoad } from "./describe-load.ts";
import type { Done } from "./done.ts";
import { executeScript } from "./execute.ts";
import { askForPower } from "./power.ts";
import { untilSshBanner } from "./reach.ts";
import { StepError } from "./step-error.ts";
import { zeroFreeMemory } from "./zero-free-memory.ts";

/** The agent's work: what a request that fails has to say becomes its end. */
export function createHandler(settings: AgentSettings): Agent {
  return {
    async request(request, talk) {
      try {
        return { type: "done", ...(await handle(request, settings, talk)) };
      } catch (error) {
        if (!(error instanceof StepError)) throw error;
        return failed(error);
      }
    },
  };
}

// oxlint-disable-next-line typescript/consistent-return -- the switch is exhaustive
async function handle(request: AgentRequest, settings: AgentSettings, talk: AgentTalk): Promise<Done> {
  switch (request.type) {
    case "wait-for-ssh":
      await untilSshBanner(settings, request.timeoutMs);
      return { exitCode: null };
    case "zero-free-memory":
      return zeroFreeMemory(request, settings);
    case "check-session":
      await settings.shares;
      return checkSession(request, settings, talk);
    case "describe-load":
      return describeLoad(request, settings);
    case "execute":
      return executeScript(request, settings, talk);
    case "power":
      return askForPower(request, settings);
  }
}

function failed({ step, message, observation }: StepError): AgentEnd {
  return { type: "failed", step, reason: message, ...(observation === undefined ? {} : { observation }) };
}
