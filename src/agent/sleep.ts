import type { Readable, Writable } from "node:stream";
import { splitLines } from "./lines.ts";

/** What an agent does that is frozen with its controller, on both sides of the freeze. */
export interface Sleep {
  /** Settles when everything that a run need not do is done. */
  prepare(): Promise<void>;
  /** Takes the runtime's word (encodeWake), and settles when the controller is awake and nobody's generators are another's. */
  wake(word: string): Promise<void>;
  /** Settles when the host's folders are mounted again. */
  untilMounted(): Promise<void>;
}

/**
 * OpenSSL's generators live in the process, and every run wakes the same one. They take new bytes from the kernel, which has become this
 * machine's own by then, when the clock has moved on by an hour, or back (openssl's drbg.c, reseed_time_interval), and the freeze's stands
 * in another century. The freeze proves that it is so: it wakes two and compares them.
 */
const leastLeapMs = 24 * 3600 * 1000;

/**
 * The sleep of an agent whose /init does what a system has to: told `wake SECONDS` it sets the clock, says `awake` when the kernel has a
 * generator of its own, and `mounted` when the host's folders are there, a line each.
 */
export function sleepUnderInit(
  prepare: () => Promise<void>,
  init: { readonly said: Readable; readonly tell: Writable; readonly now: () => number },
): Sleep {
  let asleepSinceMs = Number.NaN;
  const lines = splitLines(init.said);
  const expect = async (word: string): Promise<void> => {
    const next = await lines.next();
    const said = next.done === true ? "nothing more" : next.value;
    if (said !== word) throw new Error(`/init: expected '${word}', got ${JSON.stringify(said)}`);
  };
  return {
    async prepare() {
      await prepare();
      asleepSinceMs = init.now();
    },
    async wake(word) {
      if (!/^wake \d+$/.test(word)) throw new Error(`expected 'wake SECONDS', got ${JSON.stringify(word)}`);
      init.tell.write(`${word}\n`);
      await expect("awake");
      const leapMs = Math.abs(init.now() - asleepSinceMs);
      if (leapMs < leastLeapMs) {
        throw new Error(
          `randomness: the clock has to have moved by a day since the freeze, got ${Math.round(leapMs / 1000)} s; until then OpenSSL gives what it gives in every run`,
        );
      }
    },
    untilMounted: () => expect("mounted"),
  };
}
