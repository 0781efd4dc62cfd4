import * as z from "zod";
import { createLineSplitter } from "../lines.ts";

/** Something QEMU tells by itself, such as SHUTDOWN with `{ guest: true, reason: "guest-shutdown" }`. */
export interface QmpEvent {
  readonly name: string;
  readonly data: Readonly<Record<string, unknown>>;
  /** Seconds since 1970. */
  readonly atSeconds: number;
}

/** QEMU understood a command and said no. */
export class QmpRefused extends Error {
  override readonly name = "QmpRefused";
  readonly command: string;

  constructor(command: string, description: string) {
    super(`QEMU refused ${command}: ${description}`);
    this.command = command;
  }
}

/** The connection ended; QEMU's exit says why. */
export class QmpClosed extends Error {
  override readonly name = "QmpClosed";
}

export interface QmpPeer {
  readonly write: (bytes: string) => void;
  readonly onGreeting: () => void;
  readonly onEvent: (event: QmpEvent) => void;
}

/** QMP without a socket: bytes in through `receive`, bytes out through `peer.write`. */
export interface QmpProtocol {
  receive(chunk: Uint8Array): void;
  /** Sends a command; the reply's `return`, or QmpRefused, or QmpClosed. Replies are matched by id. */
  execute(command: string, args?: Readonly<Record<string, unknown>>): Promise<unknown>;
  /** Ends everything that waits. */
  close(reason: string): void;
}

/*
 * One JSON object a line, both ways (qemu docs/interop/qmp-spec):
 *   greeting  {"QMP": {"version": …, "capabilities": […]}}
 *   command   {"execute": "stop", "arguments": {…}, "id": 3}
 *   reply     {"return": {}, "id": 3}   or   {"error": {"class": "…", "desc": "…"}, "id": 3}
 *   event     {"event": "RESET", "data": {…}, "timestamp": {"seconds": 1, "microseconds": 2}}, at any time
 */
const messageSchema = z.union([
  z.object({ QMP: z.unknown() }),
  z.object({
    event: z.string(),
    data: z.record(z.string(), z.unknown()).default({}),
    timestamp: z.object({ seconds: z.number(), microseconds: z.number() }),
  }),
  z.object({ error: z.object({ desc: z.string() }), id: z.number().optional() }),
  z.object({ return: z.unknown(), id: z.number() }),
]);

/** A protocol that has seen nothing yet. */
export function createQmpProtocol(peer: QmpPeer): QmpProtocol {
  const waiting = new Map<
    number,
    { command: string; resolve: (value: unknown) => void; reject: (error: Error) => void }
  >();
  const splitter = createLineSplitter();
  let lastId = 0;
  let closed: string | undefined;

  const close = (reason: string): void => {
    closed ??= reason;
    for (const { command, reject } of waiting.values()) {
      reject(new QmpClosed(`${closed} while ${command} was not answered yet`));
    }
    waiting.clear();
  };
  const receiveLine = (line: string): void => {
    if (line.trim() === "") return;
    const message = messageSchema.safeParse(parseJson(line));
    if (!message.success) return close(`QMP said something that is not QMP: ${line.slice(0, 200)}`);
    const said = message.data;
    if ("QMP" in said) return peer.onGreeting();
    if ("event" in said) {
      return peer.onEvent({
        name: said.event,
        data: said.data,
        atSeconds: said.timestamp.seconds + said.timestamp.microseconds / 1e6,
      });
    }
    const request = said.id === undefined ? undefined : waiting.get(said.id);
    if (request === undefined || said.id === undefined) {
      return close(`QMP answered something that was not asked: ${line.slice(0, 200)}`);
    }
    waiting.delete(said.id);
    if ("error" in said) request.reject(new QmpRefused(request.command, said.error.desc));
    else request.resolve(said.return);
  };

  return {
    receive(chunk) {
      for (const line of splitter.push(chunk)) receiveLine(line);
    },
    async execute(command, args) {
      if (closed !== undefined) throw new QmpClosed(`${closed} before ${command} was sent`);
      lastId += 1;
      const id = lastId;
      return new Promise<unknown>((resolve, reject) => {
        waiting.set(id, { command, resolve, reject });
        peer.write(
          `${JSON.stringify({ execute: command, ...(args === undefined ? {} : { arguments: args }), id })}\n`,
        );
      });
    },
    close,
  };
}

function parseJson(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
