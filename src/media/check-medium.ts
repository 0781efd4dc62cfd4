import { SpecError } from "../errors.ts";
import { compareMedium, type Expected } from "./compare.ts";
import { inspectMedium } from "./inspect.ts";

/**
 * Compares an ISO with what a spec expects of it; nix/medium-check.nix runs it before an image is made. Throws SpecError
 * with every difference and what to write instead, or for a file that is no install medium.
 */
export async function checkMedium(iso: string, expected: Expected, sevenZip: string): Promise<void> {
  const issues = compareMedium(await inspectMedium(iso, sevenZip), expected);
  if (issues.length > 0) throw new SpecError(iso, issues);
}
