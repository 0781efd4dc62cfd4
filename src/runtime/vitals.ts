import { GuestError } from "../errors.ts";
import { type Wait, until, WaitFailed } from "../process/until.ts";

/** What a whole stage depends on: the first failure (a process that died, a signal, the run's time limit) ends every wait. */
export interface Vitals {
  /** Settles with the first failure; never rejects. */
  readonly failed: Promise<Error>;
  readonly failure: () => Error | undefined;
  /** Aborts with the first failure; for programs that are run to their end. */
  readonly signal: AbortSignal;
  fail(error: Error): void;
  /** The promise's value, or the first failure as soon as there is one. */
  race<T>(promise: Promise<T>): Promise<T>;
}

/** Vitals of a stage that is well. */
export function createVitals(): Vitals {
  const controller = new AbortController();
  let failure: Error | undefined;
  let settle: (error: Error) => void = () => undefined;
  const failed = new Promise<Error>((resolve) => {
    settle = resolve;
  });
  const rejected = failed.then<never>((error) => {
    throw error;
  });
  rejected.catch(() => undefined);
  return {
    failed,
    failure: () => failure,
    signal: controller.signal,
    fail(error) {
      if (failure !== undefined) return;
      failure = error;
      settle(error);
      controller.abort();
    },
    async race(promise) {
      try {
        return await Promise.race([promise, rejected]);
      } catch (error) {
        // A cancelled program's own complaint says less than what cancelled it.
        throw failure ?? error;
      }
    },
  };
}

/** `until` as a stage needs it: ends with the vitals' failure, and a deadline becomes a GuestError of that stage. */
export async function waitFor<T>(
  vitals: Vitals,
  stage: string,
  wait: Omit<Wait<T>, "unless"> & { readonly hint?: string },
): Promise<T> {
  try {
    return await vitals.race(until({ ...wait, unless: vitals.failed.then((error) => error.message) }));
  } catch (error) {
    if (!(error instanceof WaitFailed)) throw error;
    throw new GuestError(stage, error.message, wait.hint === undefined ? {} : { hint: wait.hint });
  }
}

/** Rejects with `error()` when the promise takes longer than this. Race the vitals inside of it: outside they would leave its timer behind. */
export async function within<T>(promise: Promise<T>, timeoutMs: number, error: () => Error): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(error()), timeoutMs);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** Resolves after this time. */
export async function pause(ms: number): Promise<void> {
  await new Promise<void>((resolve) => {
    setTimeout(resolve, ms);
  });
}
