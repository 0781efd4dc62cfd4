import { access, rename, writeFile } from "node:fs/promises";
import { xchg } from "../contract/filenames.ts";
import type { AgentTalk, RequestOf } from "../contract/agent.ts";
import type { AgentSettings } from "./agent-settings.ts";
import { assertDesktop } from "./desktop-error.ts";
import { desktopCommand, desktopFiles, renderDesktopFiles } from "./desktop-files.ts";
import { channelExitCode, parseExitCode } from "./exit-code.ts";
import { follow } from "./follow.ts";
import { readStart } from "./read-start.ts";
import { prepareRunFolder } from "./run-folder.ts";
import type { Done } from "./done.ts";
import { renderCmdExecution } from "./cmd-session.ts";
import { describeEnd, type OpenSession, runSession, type SessionEnd } from "./session.ts";
import { sessionError } from "./session-error.ts";
import { renderBody, renderPreparation, renderSessionFiles } from "./session-files.ts";
import { openInBash, openInCmd } from "./session-shells.ts";
import { StepError } from "./step-error.ts";

/**
 * Runs the user's script in one session and returns its whole exit code; after a 0, or always where the request says so,
 * what it left as its outputs lies packed in xchg.
 * A nonzero code is an answer, not a failure: StepError is thrown when casement's own part goes wrong.
 */
export async function executeScript(
  request: RequestOf<"execute">,
  settings: AgentSettings,
  talk: AgentTalk,
): Promise<Done> {
  // With a terminal nothing can be held back that may be the mark of the end.
  const last = request.last && request.access === "cygwin" && request.shell === null;
  const cmd = request.access === "openssh" ? renderCmdExecution(request) : undefined;
  const files = [
    ...(cmd?.files ?? renderSessionFiles(request, settings.layout)),
    ...desktopFilesOf(request, settings),
  ];
  // While the guest takes its time over the login.
  const prepared = layOut(request, settings, files);
  prepared.catch(() => undefined);
  const { layout } = settings;
  const openPrepared =
    cmd === undefined
      ? openInBash(request, layout, {
          prepare: renderPreparation(request, layout),
          body: renderBody(request, layout),
          marksEnd: last,
        })
      : openInCmd(request, settings, cmd.body);
  const open: OpenSession = async (nonce) => {
    await prepared;
    talk.step("prepare");
    return openPrepared(nonce);
  };
  const console =
    request.shell === null ? undefined : { terminal: request.shell.terminal, typed: talk.typed };
  const runIt = (): Promise<SessionEnd> =>
    runSession({ login: request, ways: settings, open, onStep: talk.step, console, last }, talk.output);
  if (request.desktopSeconds !== null) await prepared;
  const end = await (request.desktopSeconds === null ? runIt() : withDesktop(request, settings, talk, runIt));
  talk.step("logout");
  const exitCode = await readExitCode(end, request, settings);
  await acceptOutputs(settings);
  return { exitCode };
}

/** What a session has packed is whole when it has ended without an error of ours. */
async function acceptOutputs({ xchg: folder }: AgentSettings): Promise<void> {
  const part = `${folder}/${xchg.resultTarPart}`;
  if (await exists(part)) await rename(part, `${folder}/${xchg.resultTar}`);
}

async function exists(file: string): Promise<boolean> {
  return access(file).then(
    () => true,
    () => false,
  );
}

/** Makes the folders and files of a session in xchg, and waits until the guest can find them there. */
async function layOut(
  request: RequestOf<"execute">,
  settings: AgentSettings,
  files: readonly (readonly [string, string])[],
): Promise<void> {
  const leavesOutputs = request.collect !== "never" || Object.keys(request.outputs).length > 0;
  await prepareRunFolder(settings, { leavesOutputs });
  await access(`${settings.xchg}/${xchg.run}/${request.script}`).catch(() => {
    throw new StepError("execute", `script: ${xchg.run}/${request.script} is not in xchg`);
  });
  for (const [name, content] of files) {
    await writeFile(`${settings.xchg}/${name}`, content, { mode: 0o755 });
  }
  await settings.shares;
}

function desktopFilesOf(
  { desktopSeconds, access: kind, user, password }: RequestOf<"execute">,
  { layout: { server } }: AgentSettings,
): Iterable<readonly [string, string]> {
  if (desktopSeconds === null) return [];
  const account = { server, user, password };
  return renderDesktopFiles({ ...account, seconds: desktopSeconds, body: desktopCommand(kind) });
}

/** What a command at the desktop writes does not come by the session that waits for it. */
async function withDesktop(
  request: RequestOf<"execute">,
  settings: AgentSettings,
  talk: AgentTalk,
  run: () => Promise<SessionEnd>,
): Promise<SessionEnd> {
  const isTerminal = (request.shell?.terminal ?? null) !== null;
  await using output = await follow(`${settings.xchg}/${desktopFiles.output}`, (data) =>
    talk.output("stdout", isTerminal ? forTerminal(data) : data),
  );
  void output;
  return await run();
}

/** A terminal's other end has made no CR LF of these line feeds. */
function forTerminal(data: Buffer): Buffer {
  return Buffer.from(data.toString("latin1").replaceAll(/\r?\n/g, "\r\n"), "latin1");
}

async function readExitCode(
  end: SessionEnd,
  { desktopSeconds }: RequestOf<"execute">,
  settings: AgentSettings,
): Promise<number> {
  const read = (name: string): Promise<string | undefined> => readStart(`${settings.xchg}/${name}`);
  const written = await read(xchg.exitCode);
  const code = written === undefined ? undefined : parseExitCode(written);
  await assertDesktop(settings);
  const ours = await read(sessionError);
  if (ours !== undefined) throw new StepError(code === undefined ? "execute" : "collect", ours.trim());
  if (code !== undefined) return code;
  // The session of the login is not the command's where that one is at the desktop.
  const fallback = desktopSeconds === null ? channelExitCode(end) : undefined;
  if (written === undefined && fallback !== undefined && fallback !== 0) return fallback;
  throw new StepError(
    desktopSeconds === null ? "execute" : "desktop",
    written === undefined
      ? "the session left no exit code"
      : `the session's exit code is not a 32-bit number, got ${JSON.stringify(written)}`,
    { observation: describeEnd(end) },
  );
}
