import type { AgentSettings } from "./agent-settings.ts";
import { desktopFiles } from "./desktop-files.ts";
import { readStart } from "./read-start.ts";
import { StepError } from "./step-error.ts";

/** Throws StepError with step `desktop` where a session has written down that nothing ran at the desktop, and why. */
export async function assertDesktop(settings: AgentSettings): Promise<void> {
  const said = await readStart(`${settings.xchg}/${desktopFiles.error}`);
  if (said === undefined) return;
  const [reason = "", ...seen] = said.trim().split(/\s*\r?\n/);
  throw new StepError("desktop", reason, { observation: seen.join("\n") });
}
