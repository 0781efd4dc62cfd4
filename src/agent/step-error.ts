/** What an agent was doing when a request failed; the runtime prints it as it is. */
export type Step =
  | "protocol"
  | "connect"
  | "host-key"
  | "login"
  | "map-drives"
  | "desktop"
  | "execute"
  | "collect"
  | "disconnect";

/** A request came to nothing: the step, the reason, and what was last seen. Becomes the `failed` event. */
export class StepError extends Error {
  override readonly name = "StepError";
  readonly step: Step;
  readonly observation: string | undefined;

  constructor(step: Step, reason: string, options: { observation?: string; cause?: unknown } = {}) {
    super(reason, options.cause === undefined ? {} : { cause: options.cause });
    this.step = step;
    this.observation = options.observation === "" ? undefined : options.observation;
  }
}

/** The reason of anything thrown, in one line's worth of words. */
export function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
