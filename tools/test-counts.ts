// Reads the closing lines of Node's test runner.

export interface TestCounts {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

/** Adds up what one run of `node --test` says at its end ("ℹ pass 12"); undefined if the text has no such lines. */
export function parseTestCounts(output: string): TestCounts | undefined {
  const passed = lastNumber(output, "pass");
  const failed = lastNumber(output, "fail");
  if (passed === undefined || failed === undefined) return undefined;
  const skipped = (lastNumber(output, "skipped") ?? 0) + (lastNumber(output, "todo") ?? 0);
  // Cancelled tests are tests that did not pass: a file that was stopped by its time limit, for one.
  return { passed, failed: failed + (lastNumber(output, "cancelled") ?? 0), skipped };
}

function lastNumber(output: string, word: string): number | undefined {
  const line = [...output.matchAll(new RegExp(`^(?:\\u001b\\[\\d+m)?ℹ ${word} (\\d+)`, "gm"))].at(-1);
  return line?.[1] === undefined ? undefined : Number(line[1]);
}
