import { randomBytes } from "node:crypto";
import { readFile, rm, writeFile } from "node:fs/promises";
import { xchg } from "../contract/filenames.ts";
import type { AgentTalk, RequestOf } from "../contract/agent.ts";
import type { AgentSettings } from "./agent-settings.ts";
import { untilDisconnected } from "./connections.ts";
import { prepareRunFolder } from "./run-folder.ts";
import type { Done } from "./done.ts";
import { renderCmdCheck, renderCmdDesktopCheck } from "./cmd-session.ts";
import { assertDesktop } from "./desktop-error.ts";
import { renderDesktopFiles } from "./desktop-files.ts";
import { renderCommandsCopy, sessionCommands } from "./session-commands.ts";
import { launchLine } from "./session-files.ts";
import { describeEnd, type OpenSession, runSession } from "./session.ts";
import { openInBash, openInCmd } from "./session-shells.ts";
import { shellWord } from "./shell-words.ts";
import { StepError } from "./step-error.ts";

/**
 * Proves one session and leaves nothing of it behind: logs in, maps the drives, reads a file of ours through X: and
 * writes one back, lists S:, unmaps, logs out, and waits until no connection of the guest is left.
 */
export async function checkSession(
  request: RequestOf<"check-session">,
  settings: AgentSettings,
  talk: Pick<AgentTalk, "step">,
): Promise<Done> {
  const started = performance.now();
  await prepareRunFolder(settings, { leavesOutputs: false });
  const sent = randomBytes(16).toString("hex");
  const names = { there: `${xchg.run}/check-there`, back: `${xchg.run}/check-back` };
  const atDesktop = { there: names.there, back: `${xchg.run}/check-desktop` };
  const local = (name: string): string => `${settings.xchg}/${name}`;
  await writeFile(local(names.there), sent);
  for (const [name, content] of [...sessionCommands, ...desktopFilesOf(request, settings, atDesktop)])
    await writeFile(local(name), content);
  const said: Buffer[] = [];
  const end = await runSession(
    {
      login: request,
      ways: settings,
      open: openCheck(request, settings, names),
      onStep: (name) => talk.step(name === "execute" ? "check" : name),
    },
    async (_stream, data) => {
      said.push(data);
    },
  );
  const observation = [Buffer.concat(said).toString("utf8").trim(), describeEnd(end)].join("\n").trim();
  await assertDesktop(settings);
  if (end.drivesLeft) {
    throw new StepError("disconnect", "S: and X: could not be unmapped", { observation });
  }
  const read = (name: string): Promise<string | undefined> =>
    readFile(local(name), "utf8").catch(() => undefined);
  const back = await read(names.back);
  if (end.status !== 0 || back !== sent) {
    const reason =
      back === sent || back === undefined
        ? "reading and writing through S: and X: failed"
        : `X: gave back another file than was written, got ${JSON.stringify(back.slice(0, 80))}; expected ${JSON.stringify(sent)}`;
    throw new StepError("map-drives", reason, { observation });
  }
  if (request.desktopSeconds !== null && (await read(atDesktop.back)) !== sent)
    throw new StepError("desktop", "reading and writing through X: failed at the desktop", { observation });
  await Promise.all(
    [names.there, names.back, atDesktop.back].map((name) => rm(local(name), { force: true })),
  );
  const leftMs = Math.max(1000, request.timeoutMs - (performance.now() - started));
  await untilDisconnected(settings, Math.min(120_000, leftMs));
  talk.step("disconnect");
  return { exitCode: null };
}

/** The same at the desktop, in the words of cmd whatever the guest's shell is. */
function desktopFilesOf(
  { desktopSeconds, user, password }: RequestOf<"check-session">,
  { layout: { server } }: AgentSettings,
  names: { readonly there: string; readonly back: string },
): Iterable<readonly [string, string]> {
  if (desktopSeconds === null) return [];
  return renderDesktopFiles({ server, user, password, seconds: desktopSeconds, body: renderCmdCheck(names) });
}

/** Copies a file through X: and looks at S:, in the words of the guest's shell, and then has the desktop do the same. */
function openCheck(
  request: RequestOf<"check-session">,
  settings: AgentSettings,
  names: { readonly there: string; readonly back: string },
): OpenSession {
  const hasDesktop = request.desktopSeconds !== null;
  if (request.access === "openssh") {
    const atDesktop = hasDesktop ? renderCmdDesktopCheck() : [];
    return openInCmd(request, settings, [...renderCmdCheck(names), ...atDesktop]);
  }
  const { layout } = settings;
  const remote = (name: string): string => shellWord(`${layout.xchg}/${name}`);
  const store = shellWord(layout.store);
  // What a run would copy is there when the guest is frozen.
  const body = `${renderCommandsCopy(layout)} && { cat ${remote(names.there)} >${remote(names.back)} && ls -d ${store}/. && ls ${store} | head -n 3; } </dev/null`;
  return openInBash(request, layout, {
    body: hasDesktop ? `${body} && ${launchLine(layout)} </dev/null` : body,
  });
}
