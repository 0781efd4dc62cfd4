import type { Request, RequestOf } from "../contract/messages.ts";
import type { AgentSettings } from "./agent-settings.ts";
import { drawRandomness } from "./randomness.ts";
import { untilListening, untilSshBanner } from "./reach.ts";
import type { Done, Handlers, Report, Surroundings } from "./serve.ts";

/** How long smbd may take to listen; under TCG it takes about five seconds. */
const sambaTimeoutMs = 180_000;

/** The agent's work behind the protocol. What needs ssh2 is loaded with the first request: none of it is needed to say ready. */
export function createHandlers(settings: AgentSettings): Handlers {
  return {
    untilSharesAnswer: () => untilListening(settings.samba, sambaTimeoutMs),
    handle: (request, surroundings) => handle(request, settings, surroundings),
  };
}

// oxlint-disable-next-line typescript/consistent-return -- the switch is exhaustive
function handle(request: Request, settings: AgentSettings, surroundings: Surroundings): Promise<Done> {
  const { report, shares } = surroundings;
  switch (request.type) {
    case "wait-for-ssh":
      return waitForSsh(request, report);
    case "zero-free-memory":
      return import("./zero-free-memory.ts").then(({ zeroFreeMemory }) => zeroFreeMemory(request));
    case "check-session":
      return import("./check-session.ts").then(async ({ checkSession }) => {
        await shares;
        return checkSession(request, settings, report);
      });
    case "describe-load":
      return import("./describe-load.ts").then(({ describeLoad }) => describeLoad(request));
    case "execute":
      return import("./execute.ts").then(async ({ executeScript }) => {
        await report.step("load");
        return executeScript(request, settings, surroundings);
      });
    case "draw-randomness":
      return drawRandomness().then((drawn) => ({ exitCode: null, text: JSON.stringify(drawn) }));
    case "power":
      return import("./power.ts").then(({ askForPower }) => askForPower(request));
    case "power-off":
      return Promise.resolve({ exitCode: null });
  }
}

async function waitForSsh(request: RequestOf<"wait-for-ssh">, report: Report): Promise<Done> {
  const waiting = untilSshBanner(request, request.timeoutMs);
  waiting.catch(() => undefined);
  // The guest needs the time anyway, and the next request will want it.
  await import("./execute.ts");
  await waiting;
  await report.step("connect");
  return { exitCode: null };
}
