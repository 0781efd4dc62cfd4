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
import type { Execution } from "./execution.ts";
import { sessionCommands } from "./session-commands.ts";
import { sessionError } from "./session-error.ts";
import { environmentFile } from "./session-environment.ts";
import type { SessionLayout } from "./session-layout.ts";
import { launchLine, renderBody, renderPreparation, renderSessionFiles } from "./session-files.ts";
import { describeEnd, type OpenSession, runSession } from "./session.ts";
import { openInBash, openInCmd } from "./session-shells.ts";
import { shellWord } from "./shell-words.ts";
import { StepError } from "./step-error.ts";

const script = "check";

/**
 * What a run does, for a command that copies a file through X: and looks at S:. So each part of it is proven before anybody waits for it, and
 * what it reads from the guest's disk, programs and folders, is in the memory that is frozen.
 */
const rehearsal = ({ store }: SessionLayout): Execution => ({
  kind: "bash",
  script,
  environment: {},
  passAsFile: [],
  structuredAttributes: false,
  outputs: { out: `${store}/00000000000000000000000000000000-casement-check` },
  makeOutputs: true,
  collect: "success",
  shell: null,
  desktopSeconds: null,
  setClockEpochSeconds: null,
});

const there = `${xchg.run}/check-there`;
const back = `${xchg.run}/check-back`;
const atDesktop = `${xchg.run}/check-desktop`;

/** What the check leaves in xchg, and takes away. */
const left = [
  there,
  back,
  atDesktop,
  xchg.exitCode,
  xchg.resultTarPart,
  environmentFile,
  `${xchg.run}/${script}`,
];

/**
 * Proves one session and leaves nothing of it behind: logs in, maps the drives, reads a file of ours through X: and
 * writes one back, lists S:, unmaps, logs out, and waits until no connection of the guest is left. In bash it goes the whole way of a run.
 */
export async function checkSession(
  request: RequestOf<"check-session">,
  settings: AgentSettings,
  talk: Pick<AgentTalk, "step">,
): Promise<Done> {
  const started = performance.now();
  await prepareRunFolder(settings, { leavesOutputs: true });
  const sent = randomBytes(16).toString("hex");
  const local = (name: string): string => `${settings.xchg}/${name}`;
  const files = new Map([
    [there, sent],
    ...sessionFilesOf(request, settings),
    ...desktopFilesOf(request, settings),
  ]);
  for (const [name, content] of files) await writeFile(local(name), content);
  const said: Buffer[] = [];
  const end = await runSession(
    {
      login: request,
      ways: settings,
      open: openCheck(request, settings),
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
  const ours = await read(sessionError);
  if (ours !== undefined) throw new StepError("execute", ours.trim(), { observation });
  const got = await read(back);
  if (got !== sent) {
    const reason =
      got === undefined
        ? "reading and writing through S: and X: failed"
        : `X: gave back another file than was written, got ${JSON.stringify(got.slice(0, 80))}; expected ${JSON.stringify(sent)}`;
    throw new StepError("map-drives", reason, { observation });
  }
  if (end.status !== 0)
    throw new StepError("execute", "X: gave back what was written, and the session failed all the same", {
      observation,
    });
  if (request.desktopSeconds !== null && (await read(atDesktop)) !== sent)
    throw new StepError("desktop", "reading and writing through X: failed at the desktop", { observation });
  await Promise.all(left.map((name) => rm(local(name), { force: true })));
  const leftMs = Math.max(1000, request.timeoutMs - (performance.now() - started));
  await untilDisconnected(settings, Math.min(120_000, leftMs));
  talk.step("disconnect");
  return { exitCode: null };
}

/** What the session needs in xchg, and for bash the rehearsal's command. */
function sessionFilesOf(
  { access }: RequestOf<"check-session">,
  { layout }: AgentSettings,
): Iterable<readonly [string, string]> {
  if (access === "openssh") return sessionCommands;
  const remote = (name: string): string => shellWord(`${layout.xchg}/${name}`);
  const store = shellWord(layout.store);
  const command = `cat ${remote(there)} >${remote(back)}\nls -d ${store}/.\nls ${store} >/dev/null\n`;
  return [...renderSessionFiles(rehearsal(layout), layout), [`${xchg.run}/${script}`, command]];
}

/** The same at the desktop, in the words of cmd whatever the guest's shell is. */
function desktopFilesOf(
  { desktopSeconds, user, password }: RequestOf<"check-session">,
  { layout: { server } }: AgentSettings,
): Iterable<readonly [string, string]> {
  if (desktopSeconds === null) return [];
  const body = renderCmdCheck({ there, back: atDesktop });
  return renderDesktopFiles({ server, user, password, seconds: desktopSeconds, body });
}

/** Copies a file through X: and looks at S:, in the words of the guest's shell, and then has the desktop do the same. */
function openCheck(request: RequestOf<"check-session">, settings: AgentSettings): OpenSession {
  const hasDesktop = request.desktopSeconds !== null;
  if (request.access === "openssh") {
    const launch = hasDesktop ? renderCmdDesktopCheck() : [];
    return openInCmd(request, settings, [...renderCmdCheck({ there, back }), ...launch]);
  }
  const { layout } = settings;
  const launch = hasDesktop ? ` && ${launchLine(layout)} </dev/null` : "";
  return openInBash(request, layout, {
    prepare: renderPreparation(rehearsal(layout), layout),
    body: `{ ${renderBody(rehearsal(layout), layout)} && rm -rf ${shellWord(layout.outputs)}/*${launch}; }`,
  });
}
