import { findUnchanged } from "./unchanged.ts";
import type { Invocation } from "./invocation.ts";

/** Runs the command line and returns the exit code. Never throws and never exits. */
export async function main(invocation: Invocation): Promise<number> {
  const unchanged = findUnchanged(invocation);
  if (unchanged !== undefined) {
    const { reportUpToDate } = await import("./report.ts");
    reportUpToDate(unchanged.outDir, unchanged.count);
    return 0;
  }
  const { reportError } = await import("./report-error.ts");
  try {
    const { runProgram } = await import("./program.ts");
    return await runProgram(invocation);
  } catch (error) {
    return reportError(error);
  }
}
