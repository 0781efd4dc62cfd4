import type { QmpEvent } from "../qmp/protocol.ts";
import type { DriverWords } from "./words.ts";

/** What becomes of a test machine's power: what ends it, and what it comes back from. */
export interface Power {
  /** For `startGuest`. */
  readonly onPower: (event: QmpEvent) => void;
  /** For every event of the guest's QEMU: the driver may tell it to quit. */
  readonly onEvent: (event: QmpEvent) => void;
  /** Ends the machine for any other reason, in words. */
  readonly end: (reason: string) => void;
  /** Settles with the first reason. */
  readonly ended: Promise<string>;
  /** Settles at the next restart, at once where one has not been waited for. */
  readonly restarted: () => Promise<void>;
}

/** Does with the guest's restarts what the driver wants. */
export function createPower({ endsAtRestart }: Pick<DriverWords, "endsAtRestart">): Power {
  const { promise: ended, resolve: end } = Promise.withResolvers<string>();
  let restart = Promise.withResolvers<void>();
  return {
    onPower({ name }) {
      if (name === "SHUTDOWN") end("the guest has shut down");
      else if (endsAtRestart)
        end("the guest restarts, which ends it: the test did not say allow_reboot=True");
      else restart.resolve();
    },
    onEvent({ name, data }) {
      if (name === "SHUTDOWN" && data["guest"] === false) end("QEMU was told to quit");
    },
    end,
    ended,
    async restarted() {
      await restart.promise;
      restart = Promise.withResolvers<void>();
    },
  };
}
