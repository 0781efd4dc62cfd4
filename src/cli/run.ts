import type { Invocation } from "./invocation.ts";
import { reportError } from "./report-error.ts";

/** Runs the command line and returns the exit code. Never throws and never exits. */
export async function main(invocation: Invocation): Promise<number> {
  try {
    const { runProgram } = await import("./program.ts");
    return await runProgram(invocation);
  } catch (error) {
    return reportError(error);
  }
}
