import { readFile, rm, writeFile } from "node:fs/promises";
import { xchg } from "../contract/filenames.ts";
import type { RequestOf } from "../contract/messages.ts";
import type { AgentSettings } from "./agent-settings.ts";
import { untilDisconnected } from "./connections.ts";
import { prepareRunFolder } from "./run-folder.ts";
import type { Done, Report } from "./serve.ts";
import { renderCmdCheck } from "./cmd-session.ts";
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
  report: Report,
): Promise<Done> {
  const started = performance.now();
  await prepareRunFolder(settings);
  const sent = crypto.randomUUID();
  const names = { there: `${xchg.run}/check-there`, back: `${xchg.run}/check-back` };
  const local = (name: string): string => `${settings.xchg}/${name}`;
  await writeFile(local(names.there), sent);
  const said: Buffer[] = [];
  const end = await runSession(
    {
      login: request,
      open: openCheck(request, settings, names),
      onStep: (name) => report.step(name === "execute" ? "check" : name),
    },
    async (_stream, data) => {
      said.push(data);
    },
  );
  const observation = [Buffer.concat(said).toString("utf8").trim(), describeEnd(end)].join("\n").trim();
  if (end.drivesLeft) {
    throw new StepError("disconnect", "S: and X: could not be unmapped", { observation });
  }
  const back = await readFile(local(names.back), "utf8").catch(() => undefined);
  if (end.status !== 0 || back !== sent) {
    const reason =
      back === sent || back === undefined
        ? "reading and writing through S: and X: failed"
        : `X: gave back another file than was written, got ${JSON.stringify(back.slice(0, 80))}; expected ${JSON.stringify(sent)}`;
    throw new StepError("map-drives", reason, { observation });
  }
  await Promise.all([rm(local(names.there)), rm(local(names.back))]);
  const leftMs = Math.max(1000, request.timeoutMs - (performance.now() - started));
  await untilDisconnected(request, settings.samba.port, Math.min(120_000, leftMs));
  await report.step("disconnect");
  return { exitCode: null };
}

/** Copies a file through X: and looks at S:, in the words of the guest's shell. */
function openCheck(
  request: RequestOf<"check-session">,
  settings: AgentSettings,
  names: { readonly there: string; readonly back: string },
): OpenSession {
  if (request.access === "openssh") return openInCmd(request, settings, renderCmdCheck(names));
  const { layout } = settings;
  const remote = (name: string): string => shellWord(`${layout.xchg}/${name}`);
  const store = shellWord(layout.store);
  const body = `{ cat ${remote(names.there)} >${remote(names.back)} && ls -d ${store}/. && ls ${store} | head -n 3; } </dev/null`;
  return openInBash(request, layout, body);
}
