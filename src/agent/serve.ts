import type { AgentEvent, Input, messagesVersion, Request } from "../contract/messages.ts";
import { createTyped, type Typed } from "./typed.ts";
import { splitLines } from "./lines.ts";
import { idOfLine, parseRequest } from "./parse-request.ts";
import type { Port } from "./port.ts";
import type { Sleep } from "./sleep.ts";
import { reasonOf, StepError } from "./step-error.ts";

/** What a request may say while it runs; each settles when the runtime has taken it. */
export interface Report {
  step(name: string): Promise<void>;
  output(stream: "stdout" | "stderr", data: Uint8Array): Promise<void>;
}

/** How a request ended well. */
export interface Done {
  /** The command's whole code for execute, null for everything else. */
  readonly exitCode: number | null;
  readonly text?: string;
}

/** What a request finds. */
export interface Surroundings {
  readonly report: Report;
  /** What a person types while it runs. */
  readonly typed: Typed;
  /** Settles when the shares can be used; where they never can be, the agent ends. */
  readonly shares: Promise<void>;
}

/** What the protocol needs of the rest of the agent. */
export interface Handlers {
  /** Settles when the shares can be used; rejects if they never can. */
  untilSharesAnswer(): Promise<void>;
  /** Throws StepError when the request fails. */
  handle(request: Request, surroundings: Surroundings): Promise<Done>;
}

const version: typeof messagesVersion = 1;

/**
 * Speaks the agent's side of the protocol until the runtime asks for power-off or goes away: hello, then one request after the other,
 * each ended by exactly one `done` or `failed`, and ready in between, when the shares are up. Input goes to the request that is running.
 * With `sleep` it says asleep first, and the hello comes after the runtime's word and the controller's awakening.
 */
export async function serve(port: Port, handlers: Handlers, sleep?: Sleep): Promise<void> {
  const send = createSender(port);
  const lines = splitLines(port.received);
  if (sleep !== undefined) {
    // What answers now is frozen and revived with this agent.
    await handlers.untilSharesAnswer();
    await sleep.prepare();
    await send({ type: "asleep" });
    const word = await lines.next();
    if (word.done === true) return;
    await sleep.wake(word.value);
  }
  await send({ type: "hello", version });
  const shares = sleep === undefined ? handlers.untilSharesAnswer() : sleep.untilMounted();
  const ready = shares.then(() => send({ type: "ready" }));
  const answered = answerAll(lines, { handlers, send, shares });
  answered.catch(() => undefined);
  await Promise.race([ready.then(() => answered), answered]);
}

type Answering = {
  readonly handlers: Handlers;
  readonly send: Send;
  readonly shares: Promise<void>;
};

async function answerAll(lines: AsyncIterable<string>, parts: Answering): Promise<void> {
  let running: Promise<void> = Promise.resolve();
  let typed = createTyped();
  let runningId: number | undefined;
  for await (const line of lines) {
    if (line.trim() === "") continue;
    const message = read(line);
    if (isInput(message)) {
      // What was typed for a request that has ended is for nobody.
      if (message.id === runningId) typed.deliver(message);
      continue;
    }
    // The port is read on while a request runs, for its input; the next one waits.
    await running;
    typed = createTyped();
    runningId = message.id;
    running = answer(message, typed, parts);
    if (message.type === "power-off") return running;
  }
  await running;
}

/** A line that cannot be read is answered like a request that failed. */
interface Unreadable {
  readonly type: "unreadable";
  readonly id: number;
  readonly error: unknown;
}

function read(line: string): Request | Input | Unreadable {
  try {
    return parseRequest(line);
  } catch (error) {
    return { type: "unreadable", id: idOfLine(line), error };
  }
}

function isInput(message: Request | Input | Unreadable): message is Input {
  return message.type === "input" || message.type === "end-of-input" || message.type === "window";
}

type Send = (event: AgentEvent) => Promise<void>;

/** Events leave in the order of the calls; a write that fails fails for its caller. */
function createSender(port: Port): Send {
  let previous: Promise<void> = Promise.resolve();
  return (event) => {
    const bytes = Buffer.from(`${JSON.stringify(event)}\n`);
    const mine = previous.then(() => port.write(bytes));
    previous = mine.catch(() => undefined);
    return mine;
  };
}

async function answer(
  request: Request | Unreadable,
  typed: Typed,
  { handlers, send, shares }: Answering,
): Promise<void> {
  const { id } = request;
  if (request.type === "unreadable") return send(failed(id, request.error));
  if (request.type === "power-off") return send({ type: "done", id, exitCode: null });
  const started = performance.now();
  const report: Report = {
    step: (name) =>
      send({ type: "step", id, name, elapsedMs: Math.round((performance.now() - started) * 10) / 10 }),
    output: (stream, data) =>
      send({ type: "output", id, stream, data: Buffer.from(data).toString("base64") }),
  };
  let end: AgentEvent;
  try {
    const done = await handlers.handle(request, { report, typed, shares });
    end = {
      type: "done",
      id,
      exitCode: done.exitCode,
      ...(done.text === undefined ? {} : { text: done.text }),
    };
  } catch (error) {
    end = failed(id, error);
  }
  await send(end);
}

function failed(id: number, error: unknown): AgentEvent {
  const known = error instanceof StepError;
  const observation = known ? error.observation : error instanceof Error ? error.stack : undefined;
  return {
    type: "failed",
    id,
    step: known ? error.step : "agent",
    reason: reasonOf(error),
    ...(observation === undefined ? {} : { observation }),
  };
}
