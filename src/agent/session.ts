import { randomBytes } from "node:crypto";
import { endedMark, mappedMarker, notUnmappedStatus } from "./drives.ts";
import { createEndMark, type EndMark } from "./end-mark.ts";
import {
  type ChannelEnd,
  type Console,
  type Login,
  type LoginRequest,
  type LoginStep,
  type OutputSink,
  startLogin,
} from "./login.ts";
import { StepError } from "./step-error.ts";

/** Called at the turns of a session, for the log and the timeline. */
export type OnStep = (name: LoginStep | "map-drives" | "pack" | "execute") => void;

/** How a session's body ended. */
export interface SessionEnd extends ChannelEnd {
  /** The body went well, and `net use /delete` did not. */
  readonly drivesLeft: boolean;
}

/** What makes a session's one command line, once the login is through: for bash or for cmd. It prints the nonce's marker when the drives are mapped. */
export type OpenSession = (nonce: string) => Promise<string>;

/**
 * One login session with S: and X: mapped: logs in, maps, runs what `open` asks for, hands on what that writes, unmaps,
 * logs out. Throws StepError: connect, host-key, login, map-drives, execute. The status is the caller's to judge.
 */
export async function runSession(
  session: {
    readonly login: LoginRequest;
    readonly ways: Parameters<typeof startLogin>[1];
    readonly open: OpenSession;
    readonly onStep: OnStep;
    /** Where a person sits at it. */
    readonly console?: Console | undefined;
    /** Nobody needs the guest after it: it has ended when its command has, and the rest is not waited for. */
    readonly last?: boolean;
  },
  sink: OutputSink,
): Promise<SessionEnd> {
  const { login: request, ways, open, onStep, console, last = false } = session;
  await using login = await startLogin(request, ways, onStep);
  onStep("login");
  const nonce = randomBytes(16).toString("hex");
  const mark = createEndMark(endedMark(nonce), sink);
  const gate = createGate(mappedMarker(nonce), last ? mark.sink : sink, () => onStep("map-drives"));
  const whole = login.execute(await open(nonce), gate.sink, console);
  const end = await (last ? Promise.race([whole, untilMark(mark, login, onStep)]) : whole);
  whole.catch(() => undefined);
  await mark.flush();
  if (!gate.isOpen()) {
    throw new StepError("map-drives", "S: and X: could not be mapped in the guest's login session", {
      observation: [gate.before(), describeEnd(end)].join("\n").trim(),
    });
  }
  onStep("execute");
  return { ...end, drivesLeft: end.status === notUnmappedStatus };
}

/** What goes on in the session after its command has ended is left to itself. */
async function untilMark(mark: EndMark, login: Login, onStep: OnStep): Promise<ChannelEnd> {
  const status = await mark.seen;
  onStep("pack");
  login.abandon();
  return { status, signal: undefined };
}

/** A channel's end in words. */
export function describeEnd(end: ChannelEnd): string {
  if (end.status !== undefined) return `the session ended with status ${end.status}`;
  return end.signal === undefined
    ? "the session ended without a status"
    : `the session was ended by signal ${end.signal}`;
}

/** Passes output on once the marker's line was seen on stdout, and keeps what came before it. */
function createGate(
  marker: string,
  sink: OutputSink,
  onOpen: () => void,
): { sink: OutputSink; isOpen(): boolean; before(): string } {
  // bash ends it with LF, cmd with CR LF.
  const word = Buffer.from(marker);
  let held: Buffer = Buffer.alloc(0);
  let open = false;
  const keep = (data: Buffer): void => {
    held = Buffer.concat([held, data]);
    // The end is what matters: the marker may be cut in two, and the reason for a missing one stands last.
    if (held.length > 65_536) held = held.subarray(held.length - 32_768);
  };
  return {
    isOpen: () => open,
    before: () => held.toString("utf8").replaceAll("\r", "").trim(),
    sink: async (stream, data) => {
      if (open) return sink(stream, data);
      keep(data);
      if (stream === "stderr") return;
      const at = held.indexOf(word);
      const lineEnd = at < 0 ? -1 : held.indexOf(0x0a, at);
      if (lineEnd < 0) return;
      open = true;
      const rest = held.subarray(lineEnd + 1);
      held = held.subarray(0, at);
      onOpen();
      if (rest.length > 0) await sink("stdout", rest);
    },
  };
}
