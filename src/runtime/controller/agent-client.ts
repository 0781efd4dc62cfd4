import type { Duplex } from "node:stream";
import {
  encodeMessage,
  encodeWake,
  eventSchema,
  type AgentEvent,
  type Input,
  type Request,
} from "../../contract/messages.ts";
import { GuestError } from "../../errors.ts";
import type { Console } from "../console.ts";
import { createLineSplitter } from "../lines.ts";
import { type Vitals, within } from "../vitals.ts";

/** A request without its id: the client counts. */
export type AgentRequest = Request extends infer R
  ? R extends { id: number }
    ? Omit<R, "id">
    : never
  : never;

export type AgentDone = Extract<AgentEvent, { type: "done" }>;

export interface RequestOptions {
  /** For messages: GuestError's stage. */
  readonly stage: string;
  /** The agent has to end the request within this; its own deadlines are shorter and say more. */
  readonly timeoutMs?: number;
  /** The agent has to say anything about the request within this. */
  readonly firstNewsMs?: number;
  /** What is typed here goes to the request while it runs. */
  readonly console?: Console | undefined;
  readonly onOutput?: (stream: "stdout" | "stderr", data: Buffer) => void;
  readonly onStep?: (name: string, elapsedMs: number) => void;
}

/** The runtime's end of the conversation with the agent in the controller; one request at a time. */
export interface AgentClient {
  /** Settles when the controller can be frozen. */
  readonly asleep: Promise<void>;
  /** Wakes a controller that was frozen, with this time on its clock. */
  wake(epochSeconds: number): void;
  /** Settles with the agent's first word. */
  readonly running: Promise<void>;
  /** Settles when Samba answers in the controller. */
  readonly ready: Promise<void>;
  /** The last thing that the agent said, for messages. */
  readonly lastSaid: () => string;
  /** Ends with `done`; `failed` is a GuestError that names the step. */
  request(request: AgentRequest, options: RequestOptions): Promise<AgentDone>;
}

interface Pending {
  readonly id: number;
  readonly options: RequestOptions;
  readonly resolve: (event: AgentDone) => void;
  readonly reject: (error: Error) => void;
  heard: () => void;
}

/** Speaks newline-delimited JSON over the virtio-serial port's socket. Anything that is not a message fails the stage. */
export function createAgentClient(port: Duplex, vitals: Vitals): AgentClient {
  const splitter = createLineSplitter();
  let pending: Pending | undefined;
  let lastId = 0;
  let lastSaid = "nothing yet";
  const asleep = Promise.withResolvers<void>();
  const running = Promise.withResolvers<void>();
  const ready = Promise.withResolvers<void>();
  const receive = (event: AgentEvent): void => {
    lastSaid = event.type === "step" ? `step ${event.name}` : event.type;
    running.resolve();
    if (event.type === "hello") return;
    if (event.type === "asleep") return asleep.resolve();
    if (event.type === "ready") return ready.resolve();
    // News of a request that was given up: too late to matter.
    if (pending === undefined || event.id !== pending.id) return;
    handle(event, pending);
  };
  port.on("data", (chunk: Buffer) => {
    for (const line of splitter.push(chunk)) {
      if (line === "") continue;
      const event = eventSchema.safeParse(parseJson(line));
      if (event.success) receive(event.data);
      else vitals.fail(notUnderstood(line));
    }
  });
  return {
    asleep: asleep.promise,
    wake(epochSeconds) {
      port.write(encodeWake(epochSeconds));
    },
    running: running.promise,
    ready: ready.promise,
    lastSaid: () => lastSaid,
    async request(request, options) {
      lastId += 1;
      const id = lastId;
      const heard = Promise.withResolvers<void>();
      const answer = new Promise<AgentDone>((resolve, reject) => {
        pending = { id, options, resolve, reject, heard: heard.resolve };
      });
      answer.catch(() => undefined);
      port.write(encodeMessage({ ...request, id }));
      const send = (input: Input): void => {
        port.write(encodeMessage(input));
      };
      const typing = options.console?.attach({
        data: (bytes) => send({ type: "input", id, data: bytes.toString("base64") }),
        end: () => send({ type: "end-of-input", id }),
        window: (columns, rows) => send({ type: "window", id, columns, rows }),
      });
      const late = (what: string, timeoutMs: number) => (): GuestError =>
        new GuestError(
          options.stage,
          `waited ${timeoutMs / 1000} s for the agent in the controller to ${what} ${request.type}`,
          {
            observation: `the agent's last word was: ${lastSaid}`,
          },
        );
      try {
        if (options.firstNewsMs !== undefined) {
          const news = Promise.race([heard.promise, answer.then(() => undefined)]);
          await within(vitals.race(news), options.firstNewsMs, late("begin", options.firstNewsMs));
        }
        if (options.timeoutMs === undefined) return await vitals.race(answer);
        return await within(vitals.race(answer), options.timeoutMs, late("end", options.timeoutMs));
      } finally {
        typing?.[Symbol.dispose]();
        pending = undefined;
      }
    },
  };
}

function handle(event: Exclude<AgentEvent, { type: "asleep" | "hello" | "ready" }>, pending: Pending): void {
  pending.heard();
  switch (event.type) {
    case "step":
      pending.options.onStep?.(event.name, event.elapsedMs);
      break;
    case "output":
      pending.options.onOutput?.(event.stream, Buffer.from(event.data, "base64"));
      break;
    case "done":
      pending.resolve(event);
      break;
    case "failed":
      pending.reject(
        new GuestError(
          pending.options.stage,
          `${event.step}: ${event.reason}`,
          event.observation === undefined ? {} : { observation: event.observation },
        ),
      );
      break;
  }
}

function notUnderstood(line: string): GuestError {
  return new GuestError(
    "controller",
    `the agent said something that is not a message of version 1: ${line.slice(0, 300)}`,
    {
      hint: "Runtime and agent have to come from the same version of Casement.",
    },
  );
}

function parseJson(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
