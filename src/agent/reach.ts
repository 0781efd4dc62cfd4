import { once } from "node:events";
import type { Duplex } from "node:stream";
import type { AgentSurroundings } from "../contract/agent.ts";
import { guest } from "../contract/guest.ts";
import { until, WaitFailed } from "../process/until.ts";
import { guestConnections } from "./connections.ts";
import { reasonOf, StepError } from "./step-error.ts";

type Ways = Pick<AgentSurroundings, "connect" | "connections">;

/** The guest's SSH port, for messages. */
export const sshPort = `${guest.address}:${guest.sshPort}`;

/** The kernel sends a SYN again after one second, and then ever more seldom: a guest that boots would be noticed late. */
const attemptMs = 1500;

/**
 * Waits until the guest's sshd sends its banner, and returns it; throws StepError with step `connect`.
 * A connection attempt gives up early and is made anew. The banner gets more time: a new attempt would make sshd fork again.
 */
export async function untilSshBanner(ways: Ways, timeoutMs: number): Promise<string> {
  const deadline = performance.now() + timeoutMs;
  return attempt(`an SSH banner from ${sshPort}`, timeoutMs, async () => {
    const connection = await connect(ways, deadline);
    try {
      return await readBanner(connection, Math.min(20_000, Math.max(1, deadline - performance.now())));
    } finally {
      await close(connection);
    }
  });
}

/**
 * Connects until sshd says its first word, and tries anew for as long as nobody answers. One that answers with a refusal has
 * no sshd, and more tries would not help. Throws StepError with step `connect`.
 */
export async function untilConnected(ways: Ways, timeoutMs: number): Promise<Duplex> {
  const deadline = performance.now() + timeoutMs;
  return attempt(`${sshPort} to take a connection`, timeoutMs, async () => {
    try {
      return await connect(ways, deadline);
    } catch (error) {
      const reason = reasonOf(error);
      if (/refused/i.test(reason)) throw new StepError("connect", `${sshPort}: ${reason}`);
      throw error;
    }
  });
}

/** An attempt that the end of the wait has cut short: it has seen less than the one before it. */
class CutShort extends Error {
  override readonly name = "CutShort";
}

async function attempt<T>(what: string, timeoutMs: number, probe: () => Promise<T>): Promise<T> {
  let hasSeen = false;
  try {
    return await until({
      what,
      timeoutMs,
      intervalMs: 50,
      probe: async (observe) => {
        try {
          return await probe();
        } catch (error) {
          if (error instanceof StepError) throw error;
          if (!hasSeen || !(error instanceof CutShort)) observe(reasonOf(error));
          hasSeen = true;
          return undefined;
        }
      },
    });
  } catch (error) {
    if (!(error instanceof WaitFailed)) throw error;
    throw new StepError("connect", error.message);
  }
}

/** A connection with something to read on it; rejects when there is none in time, or nobody has taken it up after a while. */
async function connect(ways: Ways, deadline: number): Promise<Duplex> {
  const giveUp = new AbortController();
  let isLate = false;
  let hasAnswered = false;
  const stop = (): void => {
    isLate = true;
    giveUp.abort();
  };
  const timer = setTimeout(stop, Math.max(1, deadline - performance.now()));
  let connection: Duplex | undefined;
  try {
    connection = await ways.connect(giveUp.signal);
    connection.on("error", () => undefined);
    const givenUp = untilGivenUp(ways, giveUp.signal, () => {
      hasAnswered = true;
    });
    await Promise.race([firstWord(connection, giveUp.signal), givenUp]);
    return connection;
  } catch (error) {
    if (connection !== undefined) await close(connection);
    if (!isLate) throw error;
    if (hasAnswered) throw new Error("connected, but nothing was said in time", { cause: error });
    throw new CutShort("no answer in time", { cause: error });
  } finally {
    clearTimeout(timer);
    giveUp.abort();
  }
}

/** Nothing is taken of it: what follows reads it. */
async function firstWord(connection: Duplex, signal: AbortSignal): Promise<void> {
  const ended = once(connection, "close", { signal }).then(() => {
    throw connection.errored ?? new Error("connected, but closed without a banner");
  });
  ended.catch(() => undefined);
  await Promise.race([once(connection, "readable", { signal }), ended]);
}

/** Rejects where the guest's system has not answered after a while; where it has, `onAnswer` is called, and sshd has the time that it needs. */
async function untilGivenUp(ways: Ways, signal: AbortSignal, onAnswer: () => void): Promise<never> {
  await new Promise<void>((resolve, reject) => {
    const timer = setTimeout(resolve, attemptMs);
    signal.addEventListener("abort", () => {
      clearTimeout(timer);
      reject(new Error("given up"));
    });
  });
  const state = guestConnections(await ways.connections()).find(({ to }) => to === "ssh");
  if (state?.isEstablished !== true) throw new Error(`no answer within ${attemptMs} ms`);
  onAnswer();
  return new Promise((_, reject) => signal.addEventListener("abort", () => reject(new Error("given up"))));
}

async function close(connection: Duplex): Promise<void> {
  if (connection.closed) return;
  connection.destroy();
  await once(connection, "close");
}

/** The first line that starts with "SSH-" (RFC 4253, section 4.2 allows other lines before it). */
function readBanner(connection: Duplex, timeoutMs: number): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = "";
    const end = (result: string | Error): void => {
      clearTimeout(timer);
      connection.removeAllListeners("data");
      if (typeof result === "string") resolve(result);
      else reject(result);
    };
    const timer = setTimeout(
      () => end(new Error(`connected, but no banner within ${Math.round(timeoutMs)} ms`)),
      timeoutMs,
    );
    connection.once("error", end);
    connection.once("close", () => end(new Error(`connected, but closed without a banner${got(text)}`)));
    connection.on("data", (chunk: Buffer) => {
      text += chunk.toString("latin1");
      const banner = /^(SSH-[^\r\n]*)\r?\n/m.exec(text)?.[1];
      if (banner !== undefined) end(banner);
      else if (text.length > 8192) end(new Error(`connected, but this is no SSH server${got(text)}`));
    });
  });
}

function got(text: string): string {
  return text === "" ? "" : `, got ${JSON.stringify(text.slice(0, 80))}`;
}
