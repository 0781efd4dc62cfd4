import { access, writeFile } from "node:fs/promises";
import { xchg } from "../contract/filenames.ts";
import type { RequestOf } from "../contract/messages.ts";
import type { AgentSettings } from "./agent-settings.ts";
import { assertDesktop } from "./desktop-error.ts";
import { desktopCommand, desktopFiles, renderDesktopFiles } from "./desktop-files.ts";
import { channelExitCode, parseExitCode } from "./exit-code.ts";
import { follow } from "./follow.ts";
import { readStart } from "./read-start.ts";
import { prepareRunFolder } from "./run-folder.ts";
import type { Done, Report, Surroundings } from "./serve.ts";
import { renderCmdExecution } from "./cmd-session.ts";
import { describeEnd, type OpenSession, runSession, type SessionEnd } from "./session.ts";
import { sessionError } from "./session-error.ts";
import { renderSessionFiles, sessionFiles } from "./session-files.ts";
import { openInBash, openInCmd } from "./session-shells.ts";
import { shellWord } from "./shell-words.ts";
import { StepError } from "./step-error.ts";

/**
 * Runs the user's script in one session and returns its whole exit code; after a 0, or always where the request says so,
 * what it left as its outputs lies packed in xchg.
 * A nonzero code is an answer, not a failure: StepError is thrown when casement's own part goes wrong.
 */
export async function executeScript(
  request: RequestOf<"execute">,
  settings: AgentSettings,
  surroundings: Pick<Surroundings, "report"> & Partial<Surroundings>,
): Promise<Done> {
  const { report, typed } = surroundings;
  // With a terminal nothing can be held back that may be the mark of the end.
  const last = request.last && request.access === "cygwin" && request.shell === null;
  const cmd = request.access === "openssh" ? renderCmdExecution(request) : undefined;
  const files = [
    ...(cmd?.files ?? renderSessionFiles(request, settings.layout)),
    ...desktopFilesOf(request, settings),
  ];
  // While the guest takes its time over the login.
  const prepared = layOut(request, settings, { files, shares: surroundings.shares });
  prepared.catch(() => undefined);
  const session = shellWord(`${settings.layout.xchg}/${sessionFiles.session}`);
  const bash = `/bin/bash --noprofile --norc ${session}${request.shell === null ? " </dev/null" : ""}`;
  const openPrepared =
    cmd === undefined
      ? openInBash(request, settings.layout, bash, last)
      : openInCmd(request, settings, cmd.body);
  const open: OpenSession = async (nonce) => {
    await prepared;
    await report.step("prepare");
    return openPrepared(nonce);
  };
  const console =
    request.shell === null || typed === undefined ? undefined : { terminal: request.shell.terminal, typed };
  const runIt = (): Promise<SessionEnd> =>
    runSession({ login: request, open, onStep: (name) => report.step(name), console, last }, (stream, data) =>
      report.output(stream, data),
    );
  if (request.desktopSeconds !== null) await prepared;
  const end = await (request.desktopSeconds === null
    ? runIt()
    : withDesktop(request, settings, report, runIt));
  await report.step("logout");
  return { exitCode: await readExitCode(end, request, settings) };
}

/** Makes the folders and files of a session in xchg, once that is there. */
async function layOut(
  request: RequestOf<"execute">,
  settings: AgentSettings,
  parts: {
    readonly files: readonly (readonly [string, string])[];
    readonly shares: Promise<void> | undefined;
  },
): Promise<void> {
  await parts.shares;
  const leavesOutputs = request.collect !== "never" || Object.keys(request.outputs).length > 0;
  await prepareRunFolder(settings, { leavesOutputs });
  await access(`${settings.xchg}/${xchg.run}/${request.script}`).catch(() => {
    throw new StepError("execute", `script: ${xchg.run}/${request.script} is not in xchg`);
  });
  for (const [name, content] of parts.files) {
    await writeFile(`${settings.xchg}/${name}`, content, { mode: 0o755 });
  }
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
  report: Report,
  run: () => Promise<SessionEnd>,
): Promise<SessionEnd> {
  const isTerminal = (request.shell?.terminal ?? null) !== null;
  await using output = await follow(`${settings.xchg}/${desktopFiles.output}`, (data) =>
    report.output("stdout", isTerminal ? forTerminal(data) : data),
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
