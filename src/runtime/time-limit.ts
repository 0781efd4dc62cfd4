import { exitCodes, GuestError } from "../errors.ts";
import type { StageContext } from "./context.ts";

/** What a stage may take, or a part of it; leaving its scope calls it off. */
export interface TimeLimit extends Disposable {
  /** The failure, once the time is over. */
  readonly struck: () => GuestError | undefined;
}

/** Fails the stage with a GuestError of exitCodes.timeout, which names the phase, when this many minutes have passed. */
export function startTimeLimit(
  { log, vitals }: Pick<StageContext, "log" | "vitals">,
  limit: { readonly minutes: number; readonly what: string; readonly hint: string },
): TimeLimit {
  let struck: GuestError | undefined;
  const timer = setTimeout(() => {
    const message = `${limit.what} was not done within ${limit.minutes} minutes`;
    struck = new GuestError(log.currentPhase(), message, {
      hint: limit.hint,
      exitCode: exitCodes.timeout,
    });
    vitals.fail(struck);
  }, limit.minutes * 60_000);
  return {
    struck: () => struck,
    [Symbol.dispose]: () => clearTimeout(timer),
  };
}
