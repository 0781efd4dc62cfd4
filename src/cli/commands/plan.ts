import { gatherInputs } from "../../inputs/gather.ts";
import { buildPlan } from "../../plan/build-plan.ts";
import { loadSpec } from "../../spec/load.ts";
import { loadManifest } from "../../writer/manifest-file.ts";
import type { Invocation } from "../invocation.ts";
import { findPlaces } from "../places.ts";
import { reportJson } from "../report.ts";

/** Prints the resolved plan; writes nothing, so a password that generate would make is a fresh one each time. */
export async function printPlan(
  options: { readonly spec: string | undefined; readonly out?: string },
  invocation: Invocation,
): Promise<void> {
  const { spec: specFile, outDir } = findPlaces(options, invocation.cwd);
  const spec = await loadSpec(specFile);
  reportJson(buildPlan(spec, gatherInputs(spec, await loadManifest(outDir))));
}
