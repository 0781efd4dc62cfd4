import type { Duplex } from "node:stream";
import { GuestError } from "../../errors.ts";
import { createLineSplitter } from "../lines.ts";
import type { Vitals } from "../vitals.ts";

/** How a relayed connection ended: the status of the program that relayed it, and what that said. */
export interface RelayEnd {
  readonly status: number;
  readonly said: string;
}

/** The runtime's end of the conversation with the controller: one word a line, over a virtio-serial port (nix/controller/relay.sh). */
export interface ControllerWords {
  /** Settles when the controller can be frozen. */
  readonly asleep: Promise<void>;
  /** Wakes one that was frozen, with this time on its clock. */
  wake(epochSeconds: number): void;
  /** Settles when it runs: booted, or awake again. */
  readonly running: Promise<void>;
  /** Settles when its shares can be used. */
  readonly ready: Promise<void>;
  /** The last thing that it said, for messages. */
  readonly lastSaid: () => string;
  /** Its TCP connections, as proc_net_tcp(5) has them. */
  readonly connections: () => Promise<string>;
  /** What its kernel's generator gives next, in hexadecimal. */
  readonly random: () => Promise<string>;
  /** Has it end the connection that it relays. */
  disconnect(): void;
  /** Called with the end of each connection that it relayed. */
  onRelayEnd(listener: (end: RelayEnd) => void): void;
}

/** Speaks with the controller by this port. A word that is not known fails the stage. */
export function createControllerWords(port: Duplex, vitals: Vitals): ControllerWords {
  const splitter = createLineSplitter();
  const asleep = Promise.withResolvers<void>();
  const running = Promise.withResolvers<void>();
  const ready = Promise.withResolvers<void>();
  const answers = { tcp: queue(), random: queue() };
  let lastSaid = "nothing yet";
  let relayEnded: (end: RelayEnd) => void = () => undefined;
  const take = (line: string): void => {
    const [, word = "", rest = ""] = /^(\S*) ?(.*)$/.exec(line) ?? [];
    lastSaid = word;
    if (word === "asleep") return asleep.resolve();
    if (word === "running") return running.resolve();
    if (word === "ready") return ready.resolve();
    if (word === "tcp" || word === "random") return answers[word].next(rest);
    const end = /^(\d{1,3})(?: (.*))?$/.exec(rest);
    if (word === "closed" && end !== null) return relayEnded({ status: Number(end[1]), said: end[2] ?? "" });
    vitals.fail(
      new GuestError(
        "controller",
        `the controller said a word that is not known: ${JSON.stringify(line.slice(0, 300))}`,
        { hint: "Runtime and controller have to come from the same version of Casement." },
      ),
    );
  };
  port.on("data", (chunk: Buffer) => {
    for (const line of splitter.push(chunk)) if (line !== "") take(line);
  });
  const ask = (word: keyof typeof answers, question: string): Promise<string> => {
    const answer = answers[word].wait();
    port.write(`${question}\n`);
    return vitals.race(answer);
  };
  return {
    asleep: asleep.promise,
    wake: (epochSeconds) => void port.write(`wake ${epochSeconds}\n`),
    running: running.promise,
    ready: ready.promise,
    lastSaid: () => lastSaid,
    connections: async () => (await ask("tcp", "connections")).replaceAll(";", "\n"),
    random: () => ask("random", "random"),
    disconnect: () => void port.write("disconnect\n"),
    onRelayEnd(listener) {
      relayEnded = listener;
    },
  };
}

/** Answers in the order of their questions. */
function queue(): { wait(): Promise<string>; next(answer: string): void } {
  const waiting: ((answer: string) => void)[] = [];
  return {
    wait: () => new Promise((resolve) => waiting.push(resolve)),
    next: (answer) => waiting.shift()?.(answer),
  };
}
