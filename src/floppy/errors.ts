import { exitCodes } from "../errors.ts";

/**
 * Says why no floppy can be written. What goes on it comes from a spec, so the exit code is a spec's: `issues` holds
 * every fault found, one readable line each, and `message` is those lines joined.
 */
export class FloppyError extends Error {
  override readonly name = "FloppyError";
  readonly exitCode = exitCodes.spec;
  readonly issues: readonly string[];

  constructor(issues: readonly string[]) {
    super(issues.join("\n"));
    this.issues = issues;
  }
}
