import type { AgentEvent, messagesVersion, Request } from "../contract/messages.ts";
import { splitLines } from "./lines.ts";
import { idOfLine, parseRequest } from "./parse-request.ts";
import type { Port } from "./port.ts";
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

/** What the protocol needs of the rest of the agent. */
export interface Handlers {
  /** Settles when the shares can be used; rejects if they never can. */
  untilSharesAnswer(): Promise<void>;
  /** Throws StepError when the request fails. */
  handle(request: Request, report: Report): Promise<Done>;
}

const version: typeof messagesVersion = 1;

/**
 * Speaks the agent's side of the protocol until the runtime asks for power-off or goes away: hello, ready, then one
 * request after the other, each ended by exactly one `done` or `failed`.
 */
export async function serve(port: Port, handlers: Handlers): Promise<void> {
  const send = createSender(port);
  await send({ type: "hello", version });
  await handlers.untilSharesAnswer();
  await send({ type: "ready" });
  for await (const line of splitLines(port.received)) {
    if (line.trim() === "") continue;
    const last = await answer(line, handlers, send);
    if (last) return;
  }
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

/** Returns true after the request that ends the agent. */
async function answer(line: string, handlers: Handlers, send: Send): Promise<boolean> {
  let request: Request;
  try {
    request = parseRequest(line);
  } catch (error) {
    await send(failed(idOfLine(line), error));
    return false;
  }
  const { id } = request;
  if (request.type === "power-off") {
    await send({ type: "done", id, exitCode: null });
    return true;
  }
  const started = performance.now();
  const report: Report = {
    step: (name) =>
      send({ type: "step", id, name, elapsedMs: Math.round((performance.now() - started) * 10) / 10 }),
    output: (stream, data) =>
      send({ type: "output", id, stream, data: Buffer.from(data).toString("base64") }),
  };
  let end: AgentEvent;
  try {
    const done = await handlers.handle(request, report);
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
  return false;
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
