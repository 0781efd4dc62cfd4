import { once } from "node:events";
import type { Socket } from "node:net";
import { Duplex } from "node:stream";
import type { ControllerWords, RelayEnd } from "./words.ts";

/** What begins a connection, on a line of its own: behind the last bytes of the one before, which nobody has read. */
const begin = "\nconnect\n";

/** Repeated until the end is told: a program that has not started yet cannot be ended. */
const disconnectEveryMs = 500;

/** The end is told by a word, which may overtake bytes: this asks for a mark behind the last of them. Only then is it looked for, so that no byte waits. */
const askForEnd = "\nend\n";
const endMark = Buffer.from("\n\0casement: this was the last byte\n");

/** Connections to the guest's SSH port that the controller makes, one after the other, over a port of its own. */
export interface Relay {
  /** The stream of a new connection, when the one before has ended. Nothing says that the guest has taken it up but its first byte. */
  readonly connect: (signal: AbortSignal) => Promise<Duplex>;
}

/** Relays by this port; `words` tell the ends. One that was frozen has begun its first connection by itself. */
export function createRelay(
  port: Socket,
  words: ControllerWords,
  options: { readonly hasBegun: boolean },
): Relay {
  let first = options.hasBegun ? openConnection(port, words) : undefined;
  let before: Promise<void> = first === undefined ? Promise.resolve() : untilClosed(first);
  return {
    async connect(signal) {
      signal.throwIfAborted();
      const begun = first;
      first = undefined;
      if (begun !== undefined && !begun.destroyed) return begun;
      await Promise.race([before, once(signal, "abort")]);
      signal.throwIfAborted();
      const connection = openConnection(port, words);
      port.write(begin);
      before = untilClosed(connection);
      return connection;
    },
  };
}

function untilClosed(connection: Duplex): Promise<void> {
  return new Promise((resolve) => connection.once("close", resolve));
}

function openConnection(port: Socket, words: ControllerWords): Duplex {
  const ended = Promise.withResolvers<RelayEnd>();
  const last = Promise.withResolvers<void>();
  /** What has come since the end was told. */
  let tail: Buffer | undefined;
  let wasTold = false;
  const end = (how: RelayEnd): void => {
    if (tail !== undefined) return;
    tail = Buffer.alloc(0);
    port.resume();
    port.write(askForEnd);
    ended.resolve(how);
  };
  const gone = (): void => {
    end({ status: 255, said: "the controller is gone" });
    last.resolve();
  };
  words.onRelayEnd(end);
  port.once("close", gone);
  if (port.closed) gone();
  const whole = ended.promise.then(async (how) => {
    await last.promise;
    // Words are taken in their order: one that came too late must not end the next connection.
    if (wasTold && !port.closed) await words.connections().catch(() => undefined);
    port.off("data", take).off("close", gone);
    return how;
  });
  const disconnect = (): void => {
    wasTold = true;
    words.disconnect();
  };
  const connection = new Duplex({
    allowHalfOpen: false,
    read: () => void port.resume(),
    write(chunk: Buffer, _encoding, done) {
      if (tail !== undefined) return done();
      // What is written in one turn leaves as one piece: small packets of it would wait for the guest to acknowledge the first.
      port.cork();
      setImmediate(() => port.uncork());
      if (port.write(chunk)) done();
      else port.once("drain", () => done());
    },
    destroy(reason, done) {
      port.resume();
      if (tail === undefined) disconnect();
      const again = setInterval(() => tail ?? disconnect(), disconnectEveryMs).unref();
      const finish = (): void => {
        clearInterval(again);
        done(reason);
      };
      void whole.then(finish);
    },
  });
  const push = (bytes: Buffer): boolean =>
    connection.destroyed || bytes.length === 0 || connection.push(bytes);
  const take = (chunk: Buffer): void => {
    if (tail === undefined) {
      if (!push(chunk)) port.pause();
      return;
    }
    tail = Buffer.concat([tail, chunk]);
    const at = tail.indexOf(endMark);
    const known = at < 0 ? Math.max(0, tail.length - endMark.length) : at;
    push(tail.subarray(0, known));
    tail = tail.subarray(known);
    if (at >= 0) last.resolve();
  };
  port.on("data", take);
  // Whoever reads it hears of it, too.
  connection.on("error", () => undefined);
  void whole.then(({ status, said }) => {
    if (status === 0) connection.push(null);
    else connection.destroy(new Error(said === "" ? `the relay ended with ${status}` : said));
  });
  return connection;
}
