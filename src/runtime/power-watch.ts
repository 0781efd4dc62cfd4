import { GuestError } from "../errors.ts";
import type { StageContext } from "./context.ts";
import type { QmpEvent } from "./qmp/protocol.ts";
import { waitFor } from "./vitals.ts";

/** How long a guest that was told to may take to restart or to shut down: Windows may install what was pending before it goes down. */
export const powerTimeoutMs = 30 * 60_000;

/** What a guest may do to its own power, in QMP's words. */
export type PowerEvent = "RESET" | "SHUTDOWN";

/** Tells the restarts and the shutdown that a stage wants from those that nothing asked for, which fail it. */
export interface PowerWatch {
  /** For `startGuest`. */
  onPower(event: QmpEvent): void;
  /** What is right from here on; anything else fails the stage with this hint. */
  expect(events: readonly PowerEvent[], hint?: string): void;
  /** Waits for one that was not yet seen when `expect` was called last. */
  until(event: PowerEvent, timeoutMs: number): Promise<void>;
}

const words = { RESET: "restarted", SHUTDOWN: "shut itself down" } as const;

/** A watch that takes every event for a wrong one until something is expected. */
export function createPowerWatch(context: StageContext): PowerWatch {
  const { log, vitals } = context;
  let expected: readonly PowerEvent[] = [];
  let hint: string | undefined;
  let seen: PowerEvent[] = [];
  return {
    onPower({ name }) {
      if (name !== "RESET" && name !== "SHUTDOWN") return;
      seen.push(name);
      log.about("guest", words[name]);
      if (expected.includes(name)) return;
      vitals.fail(
        new GuestError(
          log.currentPhase(),
          `the guest ${words[name]}, and nothing had told it to`,
          hint === undefined ? {} : { hint },
        ),
      );
    },
    expect(events, why) {
      expected = events;
      hint = why;
      seen = [];
    },
    async until(event, timeoutMs) {
      await waitFor(vitals, log.currentPhase(), {
        what: event === "RESET" ? "the guest to restart" : "the guest to shut down",
        timeoutMs,
        intervalMs: 100,
        probe: async (observe) => {
          observe(seen.length === 0 ? "it went on" : `it ${seen.map((each) => words[each]).join(", ")}`);
          return seen.includes(event) ? true : undefined;
        },
      });
    },
  };
}
