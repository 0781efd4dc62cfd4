import { writeFile } from "node:fs/promises";
import type { AgentSettings } from "./agent-settings.ts";
import { cmdSessionFile, renderCmdLogin, renderCmdSession } from "./cmd-drives.ts";
import { renderSession } from "./drives.ts";
import type { OpenSession } from "./session.ts";
import type { SessionLayout } from "./session-layout.ts";

interface Account {
  readonly user: string;
  readonly password: string;
}

/** A session of Cygwin's bash: all of it stands in its command line. */
export function openInBash(
  { user, password }: Account,
  layout: SessionLayout,
  parts: Pick<Parameters<typeof renderSession>[0], "body" | "prepare" | "marksEnd">,
): OpenSession {
  return async (nonce) => renderSession({ layout, user, password, nonce, ...parts });
}

/** A session of cmd: a batch file in xchg/run, which the command line copies to the guest's disk and starts there. */
export function openInCmd(
  { user, password }: Account,
  { xchg, layout: { server } }: AgentSettings,
  body: readonly string[],
): OpenSession {
  return async (nonce) => {
    const account = { server, user, password };
    await writeFile(`${xchg}/${cmdSessionFile}`, renderCmdSession({ ...account, nonce, body }));
    return renderCmdLogin(account);
  };
}
