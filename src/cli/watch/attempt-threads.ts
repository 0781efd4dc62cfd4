import module from "node:module";
import { dirname } from "node:path";
import { Worker } from "node:worker_threads";
import { describeError } from "../report-error.ts";
import { specEnded } from "../spec-ended.ts";
import type { Attempt, AttemptRequest } from "./attempt.ts";

/** What a thread is started with. */
export interface AttemptWorkerData {
  /** Folder of Node's compile cache. */
  readonly cache: string | undefined;
}

/** What the thread says: each input as it is met, so that they are known also of a spec that never ends, and the result. */
export type AttemptMessage =
  | { readonly input: string; readonly result?: undefined }
  | { readonly input?: undefined; readonly result: Attempt };

/** Threads for one attempt each. One that has loaded everything but the spec always waits for the next attempt. */
export interface AttemptThreads extends AsyncDisposable {
  /**
   * As attempt, in a thread of its own: a spec in TypeScript and what it imports are read anew there, because Node keeps a
   * module for as long as its thread lives. When the signal aborts the thread ends, whatever it does, and so does the attempt.
   */
  attempt(request: AttemptRequest, noteInput: (file: string) => void, signal: AbortSignal): Promise<Attempt>;
}

/** Starts the first thread at once. */
export function openAttemptThreads(): AttemptThreads {
  let spare: Worker | undefined = startThread();
  let isOver = false;
  return {
    async attempt(request, noteInput, signal) {
      const worker = spare ?? startThread();
      spare = undefined;
      try {
        return await attemptIn(worker, request, noteInput, signal);
      } finally {
        await worker.terminate();
        // Not before: it would take the processor from the attempt.
        if (!isOver) spare ??= startThread();
      }
    },
    async [Symbol.asyncDispose]() {
      isOver = true;
      await spare?.terminate();
    },
  };
}

function startThread(): Worker {
  const cache = module.getCompileCacheDir();
  // Node adds a folder for its version.
  const workerData: AttemptWorkerData = { cache: cache === undefined ? undefined : dirname(cache) };
  return new Worker(new URL("./attempt-worker.ts", import.meta.url), { workerData });
}

async function attemptIn(
  worker: Worker,
  request: AttemptRequest,
  noteInput: (file: string) => void,
  signal: AbortSignal,
): Promise<Attempt> {
  const end = (): void => void worker.terminate();
  signal.addEventListener("abort", end);
  try {
    return await new Promise<Attempt>((resolve) => {
      worker.on("message", ({ input, result }: AttemptMessage) => {
        if (input === undefined) resolve(result);
        else {
          try {
            noteInput(input);
          } catch (error) {
            resolve({ fault: describeError(error).text });
          }
        }
      });
      // What the spec's own timers throw, and what no thread can hand over.
      worker.on("error", (error: unknown) => {
        const reason = error instanceof Error ? error.message : String(error);
        resolve({ fault: `${request.spec}: ${reason}` });
      });
      worker.on("exit", () => resolve({ fault: specEnded }));
      worker.postMessage(request, []);
    });
  } finally {
    signal.removeEventListener("abort", end);
  }
}
