/** One named wait: probes until it yields a value, the deadline passes, or something it depends on ends. */
export interface Wait<T> {
  /** What is awaited, as it reads after "waiting for". */
  readonly what: string;
  readonly timeoutMs: number;
  /** Returns the value, or undefined with what it saw left in `observe`. */
  readonly probe: (observe: (seen: string) => void) => Promise<T | undefined> | T | undefined;
  readonly intervalMs?: number;
  /** Ends the wait at once when it settles: a process that died cannot answer any more. Its message becomes the reason. */
  readonly unless?: Promise<string>;
}

/** A wait that came to nothing; the caller turns it into the error of its stage. */
export class WaitFailed extends Error {
  override readonly name = "WaitFailed";
  readonly what: string;
  readonly waitedMs: number;
  readonly observation: string | undefined;
  /** False when `unless` ended the wait. */
  readonly timedOut: boolean;

  constructor(
    message: string,
    details: { what: string; waitedMs: number; observation: string | undefined; timedOut: boolean },
  ) {
    super(message);
    this.what = details.what;
    this.waitedMs = details.waitedMs;
    this.observation = details.observation;
    this.timedOut = details.timedOut;
  }
}

/** Waits as the Wait says; throws WaitFailed with how long it waited and the last observation. */
export async function until<T>(wait: Wait<T>): Promise<T> {
  const started = performance.now();
  const waited = (): number => performance.now() - started;
  let seen: string | undefined;
  let ended: string | undefined;
  let wake = (): void => undefined;
  void wait.unless?.then((reason) => {
    ended = reason;
    wake();
  });
  for (;;) {
    const value = await wait.probe((text) => {
      seen = text;
    });
    if (value !== undefined) return value;
    const failed = ended ?? (waited() >= wait.timeoutMs ? "" : undefined);
    if (failed !== undefined) {
      const seconds = (waited() / 1000).toFixed(1);
      const last = seen === undefined ? "" : `; last seen: ${seen}`;
      const message =
        failed === ""
          ? `waited ${seconds} s for ${wait.what}${last}`
          : `${failed} while waiting for ${wait.what} (${seconds} s)${last}`;
      throw new WaitFailed(message, {
        what: wait.what,
        waitedMs: waited(),
        observation: seen,
        timedOut: failed === "",
      });
    }
    const pause = Math.min(wait.intervalMs ?? 50, Math.max(1, wait.timeoutMs - waited()));
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, pause);
      wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}
