import type { Duplex } from "node:stream";
import { within } from "../vitals.ts";
import { createQmpProtocol, QmpClosed, type QmpEvent } from "./protocol.ts";

/** A QMP connection that is past its greeting and takes commands. */
export interface QmpSession {
  /** The command's `return`; QmpRefused or QmpClosed otherwise. */
  execute(command: string, args?: Readonly<Record<string, unknown>>): Promise<unknown>;
  /** Every event so far, the ones before the first command included. */
  readonly events: readonly QmpEvent[];
  /** Calls back for every event, those that have already come first. Returns what ends it. */
  onEvent(listener: (event: QmpEvent) => void): () => void;
  /** Settles when the connection ends. */
  readonly closed: Promise<void>;
}

/** Takes the greeting and negotiates capabilities; QmpClosed when the peer ends before that or says nothing in time. */
export async function openQmp(
  socket: Duplex,
  options: { greetingTimeoutMs?: number } = {},
): Promise<QmpSession> {
  const events: QmpEvent[] = [];
  const listeners = new Set<(event: QmpEvent) => void>();
  let greeted: () => void = () => undefined;
  let notGreeted: (error: Error) => void = () => undefined;
  const greeting = new Promise<void>((resolve, reject) => {
    greeted = resolve;
    notGreeted = reject;
  });
  const protocol = createQmpProtocol({
    write: (bytes) => socket.write(bytes),
    onGreeting: () => greeted(),
    onEvent(event) {
      events.push(event);
      for (const listener of listeners) listener(event);
    },
  });
  socket.on("data", (chunk: Buffer) => protocol.receive(chunk));
  const closed = new Promise<void>((resolve) => {
    socket.once("close", () => {
      notGreeted(new QmpClosed("QMP connection closed before the greeting"));
      protocol.close("QMP connection closed");
      resolve();
    });
  });
  const timeoutMs = options.greetingTimeoutMs ?? 30_000;
  await within(greeting, timeoutMs, () => new QmpClosed(`QMP sent no greeting within ${timeoutMs / 1000} s`));
  await protocol.execute("qmp_capabilities");
  return {
    execute: (command, args) => protocol.execute(command, args),
    events,
    onEvent(listener) {
      for (const event of events) listener(event);
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    closed,
  };
}
