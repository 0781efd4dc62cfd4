import type { RequestOf } from "../contract/agent.ts";
import type { AgentSettings } from "./agent-settings.ts";
import { startLogin } from "./login.ts";
import type { Done } from "./done.ts";
import { describeEnd } from "./session.ts";
import { StepError } from "./step-error.ts";

/** The seconds are for the logout; -f ends programs that would ask whether to save. */
const program = String.raw`%SystemRoot%\System32\shutdown.exe`;
/** Of what it says. */
const mostBytes = 4096;
const options = { restart: "-r -t 3 -f", "shut-down": "-s -t 3 -f" } as const;

/**
 * Has the guest restart or shut down and logs out, before it does. By Windows' own program: Cygwin has one of that name, too.
 * Throws StepError with step `execute` where it refuses.
 */
export async function askForPower(request: RequestOf<"power">, settings: AgentSettings): Promise<Done> {
  const command = `${program} ${options[request.action]}`;
  await using login = await startLogin(request, settings);
  let said = Buffer.alloc(0);
  const end = await login.execute(
    request.access === "cygwin" ? `cmd /d /c '${command}' </dev/null` : command,
    async (_stream, data) => {
      said = Buffer.concat([said, data]).subarray(0, mostBytes);
    },
  );
  if (end.status === 0) return { exitCode: null };
  throw new StepError("execute", `the guest refused to ${request.action.replace("-", " ")}`, {
    observation: [said.toString("utf8").trim(), describeEnd(end)].join("\n").trim(),
  });
}
