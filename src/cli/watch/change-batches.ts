import { setTimeout as sleep } from "node:timers/promises";

// What editors and version control do to files in one go is over within this time, and nobody notices it.
const quietMs = 20;
// Files that never rest are taken as they are after this time.
const latestMs = 200;

/** Gathers changes that come in quick succession. */
export interface ChangeBatches {
  note(path: string): void;
  /** Settles when there is a change that `next` has not returned yet, or when it is over. */
  untilSome(): Promise<void>;
  /** The changed paths once nothing more comes; undefined when it is over. */
  next(): Promise<readonly string[] | undefined>;
}

/** Batches that are over when the signal aborts. */
export function batchChanges(signal: AbortSignal): ChangeBatches {
  const noted = new Set<string>();
  let count = 0;
  let waiting: (() => void)[] = [];
  const wake = (): void => {
    for (const resolve of waiting) resolve();
    waiting = [];
  };
  signal.addEventListener("abort", wake);
  const untilSome = async (): Promise<void> => {
    if (noted.size === 0 && !signal.aborted) await new Promise<void>((resolve) => waiting.push(resolve));
  };
  return {
    note(path) {
      noted.add(path);
      count += 1;
      wake();
    },
    untilSome,
    async next() {
      await untilSome();
      const latest = performance.now() + latestMs;
      for (let seen = -1; seen !== count && performance.now() < latest && !signal.aborted; ) {
        seen = count;
        await sleep(quietMs);
      }
      if (signal.aborted) return undefined;
      const batch = [...noted];
      noted.clear();
      return batch;
    },
  };
}
