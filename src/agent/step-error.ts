import type { AgentStep } from "../contract/agent.ts";

/** A request came to nothing: the step, the reason, and what was last seen. Becomes the request's end. */
export class StepError extends Error {
  override readonly name = "StepError";
  readonly step: AgentStep;
  readonly observation: string | undefined;

  constructor(step: AgentStep, reason: string, options: { observation?: string; cause?: unknown } = {}) {
    super(reason, options.cause === undefined ? {} : { cause: options.cause });
    this.step = step;
    this.observation = options.observation === "" ? undefined : options.observation;
  }
}

/** The reason of anything thrown, in one line's worth of words. */
export function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
