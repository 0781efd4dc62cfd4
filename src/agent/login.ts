import type { Readable } from "node:stream";
import { setTimeout as delay } from "node:timers/promises";
import ssh2 from "ssh2";
import type { Client, ClientChannel } from "ssh2";
import type { AgentSurroundings, LoginParts, Typed } from "../contract/agent.ts";
import { sshPort, untilConnected } from "./reach.ts";
import { StepError } from "./step-error.ts";

export type LoginRequest = Omit<LoginParts, "access"> & {
  /** What the whole session may take; without it the login's own limit holds for all of it. */
  readonly sessionTimeoutMs?: number;
};

/** The turns of a login, in their order: the server's first word, an encrypted one, a session. */
export type LoginStep = "banner" | "key-exchange" | "login";

/** How the remote command ended: status or signal, neither when the guest did not say. */
export interface ChannelEnd {
  readonly status: number | undefined;
  readonly signal: string | undefined;
}

/** Takes what a command writes; the guest is read no faster than it settles. */
export type OutputSink = (stream: "stdout" | "stderr", data: Buffer) => Promise<void>;

/** A person's end of a session. */
export interface Console {
  /** Null where input and output are pipes. */
  readonly terminal: { readonly type: string; readonly columns: number; readonly rows: number } | null;
  readonly typed: Typed;
}

/** A login session of the guest; leaving its scope logs out and waits until the connection is closed, unless it was abandoned. */
export interface Login extends AsyncDisposable {
  /** Runs one command line, with empty stdin where nobody sits at it; throws StepError with step `execute` when the connection breaks or the deadline passes. */
  execute(commandLine: string, sink: OutputSink, console?: Console): Promise<ChannelEnd>;
  /** Drops the connection: nobody waits for what goes on in the session. */
  abandon(): void;
}

/**
 * Logs in by password: only such a session has network credentials under Cygwin. Accepts the one host key of the
 * request and nothing else, offers no agent and no other method.
 * Tells the turns before the last, which is its return. Throws StepError with step connect, host-key or login.
 */
export async function startLogin(
  request: LoginRequest,
  ways: Pick<AgentSurroundings, "connect" | "connections">,
  onStep: (name: Exclude<LoginStep, "login">) => void = () => undefined,
): Promise<Login> {
  const started = performance.now();
  const sessionMs = request.sessionTimeoutMs ?? request.timeoutMs;
  const pin = hostKeyBlob(request.hostKey);
  const sock = await untilConnected(ways, request.timeoutMs);
  onStep("banner");
  const client = new ssh2.Client();
  const closed = new Promise<void>((resolve) => client.once("close", () => resolve()));
  let offered: Buffer | undefined;
  await new Promise<void>((resolve, reject) => {
    const fail = (error: Error & { level?: string }): void => {
      client.destroy();
      reject(explainLoginFailure(error, request, offered));
    };
    client.once("error", fail);
    client.once("handshake", () => onStep("key-exchange"));
    client.once("ready", () => {
      client.off("error", fail);
      client.on("error", () => undefined);
      resolve();
    });
    client.connect({
      sock,
      username: request.user,
      password: request.password,
      authHandler: ["password"],
      algorithms: { serverHostKey: ["ssh-ed25519"] },
      hostVerifier: (key: Buffer) => {
        if (key.equals(pin)) return true;
        offered = key;
        return false;
      },
      readyTimeout: Math.max(1, request.timeoutMs - (performance.now() - started)),
      keepaliveInterval: 15_000,
      keepaliveCountMax: 8,
    });
  });
  let isAbandoned = false;
  return {
    execute: (commandLine, sink, console) =>
      execute({ client, closed, commandLine, sink, console, started, sessionMs }),
    abandon() {
      isAbandoned = true;
      client.destroy();
    },
    [Symbol.asyncDispose]: async () => {
      if (isAbandoned) return;
      client.end();
      const timer = setTimeout(() => client.destroy(), 5000);
      await closed;
      clearTimeout(timer);
    },
  };
}

/** The key blob of an OpenSSH public key line (RFC 8709, section 4), which is what a server offers. */
function hostKeyBlob(line: string): Buffer {
  const [type, base64 = ""] = line.trim().split(/\s+/);
  const blob = Buffer.from(base64, "base64");
  if (type !== "ssh-ed25519" || blob.length !== 51) {
    throw new StepError(
      "host-key",
      `hostKey: expected an ssh-ed25519 public key line, got ${JSON.stringify(line)}`,
    );
  }
  return blob;
}

function explainLoginFailure(
  error: Error & { level?: string },
  request: LoginRequest,
  offered: Buffer | undefined,
): StepError {
  if (offered !== undefined) {
    return new StepError(
      "host-key",
      `${sshPort}: the host key is not the image's, got ssh-ed25519 ${offered.toString("base64")}; expected ${request.hostKey.trim()}`,
      { cause: error },
    );
  }
  if (/host key format/i.test(error.message)) {
    return new StepError("host-key", `${sshPort}: offers no ssh-ed25519 host key (${error.message})`, {
      cause: error,
    });
  }
  if (error.level === "client-authentication") {
    return new StepError("login", `${sshPort}: user ${request.user} was refused with this password`, {
      cause: error,
      observation: error.message,
    });
  }
  const step = error.level === "client-socket" ? "connect" : "login";
  return new StepError(step, `${sshPort}: ${error.message}`, { cause: error });
}

async function execute(call: {
  readonly client: Client;
  readonly closed: Promise<void>;
  readonly commandLine: string;
  readonly sink: OutputSink;
  readonly console: Console | undefined;
  /** When the session began, and what it may take. */
  readonly started: number;
  readonly sessionMs: number;
}): Promise<ChannelEnd> {
  const { client, sessionMs } = call;
  const started = performance.now();
  const after = (): string => `${((performance.now() - started) / 1000).toFixed(1)} s`;
  let timer: NodeJS.Timeout | undefined;
  const lost = call.closed.then(() => {
    throw new StepError("execute", `the connection to the guest was lost after ${after()}`);
  });
  const late = new Promise<never>((_, reject) => {
    const fail = (): void => {
      client.destroy();
      reject(new StepError("execute", `the session did not end within ${sessionMs} ms (login included)`));
    };
    timer = setTimeout(fail, Math.max(1, call.started + sessionMs - performance.now()));
  });
  const run = async (): Promise<ChannelEnd> => {
    const end = await runChannel(client, call);
    // A broken connection closes its channels too, a little before it says so itself.
    if (end.status === undefined && end.signal === undefined) await Promise.race([lost, delay(2000)]);
    return end;
  };
  const whole = run();
  try {
    return await Promise.race([whole, late, lost]);
  } finally {
    clearTimeout(timer);
    lost.catch(() => undefined);
    whole.catch(() => undefined);
  }
}

function runChannel(
  client: Client,
  call: { readonly commandLine: string; readonly sink: OutputSink; readonly console: Console | undefined },
): Promise<ChannelEnd> {
  const terminal = call.console?.terminal ?? undefined;
  const pty =
    terminal === undefined
      ? {}
      : { pty: { term: terminal.type, cols: terminal.columns, rows: terminal.rows } };
  return new Promise((resolve, reject) => {
    client.exec(call.commandLine, pty, (error, channel) => {
      if (error) {
        reject(new StepError("execute", `the guest refused a command: ${error.message}`, { cause: error }));
        return;
      }
      // At once: the packets after the reply may be at hand already, and their events come before any promise's.
      // oxlint-disable-next-line promise/no-promise-in-callback
      drain(channel, call.sink, call.console).then(resolve, reject);
    });
  });
}

/**
 * Settles when the channel is closed and everything it wrote has been taken. Not by `for await`: that destroys the
 * channel at the end of its output, and sshd sends the exit status after it.
 */
async function drain(
  channel: ClientChannel,
  sink: OutputSink,
  console: Console | undefined,
): Promise<ChannelEnd> {
  let end: ChannelEnd = { status: undefined, signal: undefined };
  channel.on("exit", (status: number | null, signal?: string) => {
    end = { status: status ?? undefined, signal: signal ?? undefined };
  });
  const closed = new Promise<void>((resolve) => channel.once("close", () => resolve()));
  const taken = [readStream("stdout", channel, sink), readStream("stderr", channel.stderr, sink)];
  if (console === undefined) channel.end();
  else {
    console.typed.bytes.pipe(channel);
    console.typed.onWindow((columns, rows) => channel.setWindow(rows, columns, 0, 0));
  }
  await Promise.race([closed, ...taken.map(({ failed }) => failed)]);
  await Promise.all(taken.map(({ idle }) => idle()));
  return end;
}

/** Hands on one chunk at a time; the stream stands still until the sink has taken it, and the guest with it. */
function readStream(
  stream: "stdout" | "stderr",
  source: Readable,
  sink: OutputSink,
): { readonly failed: Promise<never>; readonly idle: () => Promise<void> } {
  const failure = Promise.withResolvers<never>();
  failure.promise.catch(() => undefined);
  let last: Promise<void> = Promise.resolve();
  source.on("data", (chunk: Buffer) => {
    source.pause();
    last = last.then(() => sink(stream, chunk)).then(() => void source.resume());
    last.catch((error: unknown) => failure.reject(error));
  });
  return { failed: failure.promise, idle: () => last };
}
