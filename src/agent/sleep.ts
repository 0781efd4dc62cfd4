import { once } from "node:events";
import type { Readable, Writable } from "node:stream";

/** What an agent does that is frozen with its controller, on both sides of the freeze. */
export interface Sleep {
  /** Settles when everything that a run need not do is done. */
  prepare(): Promise<void>;
  /** Takes the runtime's word (encodeWake), and settles when the controller is awake. */
  wake(word: string): Promise<void>;
}

/**
 * OpenSSL's generators live in the process, and every run wakes the same one. They take new bytes from the kernel, which has become this
 * machine's own by then, when the clock has moved on by an hour, or back (openssl's drbg.c, reseed_time_interval), and the freeze's stands
 * in another century. The freeze proves that it is so: it wakes two and compares them.
 */
const leastLeapMs = 24 * 3600 * 1000;

/**
 * The sleep of an agent whose /init mounts the host's folders: a line on stdout, `wake SECONDS`, asks for them and for the clock, a
 * line on stdin says that they are there and that the kernel has a generator of its own.
 */
export function sleepUnderInit(
  prepare: () => Promise<void>,
  init: { readonly said: Readable; readonly tell: Writable; readonly now: () => number },
): Sleep {
  let asleepSinceMs = Number.NaN;
  return {
    async prepare() {
      await prepare();
      asleepSinceMs = init.now();
    },
    async wake(word) {
      if (!/^wake \d+$/.test(word)) throw new Error(`expected 'wake SECONDS', got ${JSON.stringify(word)}`);
      const awake = once(init.said, "data");
      init.tell.write(`${word}\n`);
      await awake;
      const leapMs = Math.abs(init.now() - asleepSinceMs);
      if (leapMs < leastLeapMs) {
        throw new Error(
          `randomness: the clock has to have moved by a day since the freeze, got ${Math.round(leapMs / 1000)} s; until then OpenSSL gives what it gives in every run`,
        );
      }
    },
  };
}
