import type { Invocation } from "./invocation.ts";

export async function isUnchanged(
  _invocation: Invocation,
): Promise<{ outDir: string; count: number } | undefined> {
  return undefined;
}
