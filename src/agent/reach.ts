import { createConnection, type Socket } from "node:net";
import { until, WaitFailed } from "../process/until.ts";
import { reasonOf, StepError } from "./step-error.ts";

export interface Endpoint {
  readonly address: string;
  readonly port: number;
}

/** Waits until something accepts connections there; throws WaitFailed. */
export async function untilListening(endpoint: Endpoint, timeoutMs: number): Promise<void> {
  await until({
    what: `a listener on ${endpoint.address}:${endpoint.port}`,
    timeoutMs,
    intervalMs: 20,
    probe: async (observe) => {
      try {
        (await connect(endpoint, 1000)).destroy();
        return true;
      } catch (error) {
        observe(reasonOf(error));
        return undefined;
      }
    },
  });
}

/**
 * Waits until the guest's sshd sends its banner, and returns it; throws StepError with step `connect`.
 * A connection attempt gives up early and is made anew: the first SYN to a guest that is being revived gets lost, and
 * the kernel would repeat it after a second. The banner gets more time: a new attempt would make sshd fork again.
 */
export async function untilSshBanner(endpoint: Endpoint, timeoutMs: number): Promise<string> {
  const deadline = performance.now() + timeoutMs;
  const left = (): number => Math.max(1, deadline - performance.now());
  try {
    return await until({
      what: `an SSH banner from ${endpoint.address}:${endpoint.port}`,
      timeoutMs,
      intervalMs: 25,
      probe: async (observe) => {
        try {
          const socket = await connect(endpoint, Math.min(300, left() + 20));
          return await readBanner(socket, Math.min(20_000, left()));
        } catch (error) {
          observe(reasonOf(error));
          return undefined;
        }
      },
    });
  } catch (error) {
    if (!(error instanceof WaitFailed)) throw error;
    throw new StepError("connect", error.message);
  }
}

/**
 * Connects, and tries anew for as long as nobody answers: a guest that was just revived may lose the first packets. One
 * that answers with a refusal has no sshd, and more tries would not help. Throws StepError with step `connect`.
 */
export async function untilConnected(endpoint: Endpoint, timeoutMs: number): Promise<Socket> {
  const where = `${endpoint.address}:${endpoint.port}`;
  // Short at first, because a lost packet is repeated after a second only; longer for a guest that is slow to answer.
  let attemptMs = 300;
  try {
    return await until({
      what: `${where} to take a connection`,
      timeoutMs,
      intervalMs: 25,
      probe: async (observe) => {
        try {
          return await connect(endpoint, attemptMs);
        } catch (error) {
          attemptMs = Math.min(5000, attemptMs * 2);
          const reason = reasonOf(error);
          if (reason.includes("ECONNREFUSED")) throw new StepError("connect", `${where}: ${reason}`);
          observe(reason);
          return undefined;
        }
      },
    });
  } catch (error) {
    if (!(error instanceof WaitFailed)) throw error;
    throw new StepError("connect", error.message);
  }
}

function connect(endpoint: Endpoint, timeoutMs: number): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = createConnection({ host: endpoint.address, port: endpoint.port });
    const timer = setTimeout(
      () => fail(new Error(`no answer within ${Math.round(timeoutMs)} ms`)),
      timeoutMs,
    );
    const fail = (error: Error): void => {
      clearTimeout(timer);
      socket.destroy();
      reject(error);
    };
    socket.once("error", fail);
    socket.once("connect", () => {
      clearTimeout(timer);
      socket.off("error", fail);
      socket.on("error", () => undefined);
      // A login is many small packets: Nagle's algorithm would hold each back for the other side's delayed ACK.
      socket.setNoDelay(true);
      resolve(socket);
    });
  });
}

/** The first line that starts with "SSH-" (RFC 4253, section 4.2 allows other lines before it). */
function readBanner(socket: Socket, timeoutMs: number): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = "";
    const end = (result: string | Error): void => {
      clearTimeout(timer);
      socket.destroy();
      if (typeof result === "string") resolve(result);
      else reject(result);
    };
    const timer = setTimeout(
      () => end(new Error(`connected, but no banner within ${Math.round(timeoutMs)} ms`)),
      timeoutMs,
    );
    socket.once("error", end);
    socket.once("close", () => end(new Error(`connected, but closed without a banner${got(text)}`)));
    socket.on("data", (chunk) => {
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
