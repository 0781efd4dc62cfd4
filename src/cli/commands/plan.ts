import type { Invocation } from "../invocation.ts";
import { findPlaces } from "../places.ts";
import { reportJson } from "../report.ts";
import { resolvePlan } from "../resolve.ts";

/** Prints the resolved plan; writes nothing, so a password that generate would make is a fresh one each time. */
export async function printPlan(
  options: { readonly spec: string | undefined; readonly out?: string },
  invocation: Invocation,
): Promise<void> {
  const { plan } = await resolvePlan(findPlaces(options, invocation.cwd));
  reportJson(plan);
}
