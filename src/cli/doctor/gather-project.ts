import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { generated } from "../../contract/filenames.ts";
import type { IsoFacts, ProjectFacts } from "../../doctor/facts.ts";
import { commandToTrack, findUntracked } from "../../inputs/git.ts";
import { findInStore, isKeptInStore, type NixPrograms } from "../../media/nix-store.ts";
import { featuresOf } from "../../plan/features.ts";
import type { Plan } from "../../plan/plan.ts";
import { checkArtifacts } from "../../writer/check.ts";
import { resolveWanted } from "../wanted-folder.ts";

/** What a spec wants and what of it is there. Throws SpecError for a spec that is refused. Changes nothing. */
export async function gatherProject(
  places: { readonly spec: string; readonly outDir: string },
  generator: string,
  programs: NixPrograms | undefined,
): Promise<ProjectFacts> {
  const { plan, artifacts, settings } = await resolveWanted(places, generator);
  const isMissing = !existsSync(places.outDir);
  const differences = isMissing ? [] : await checkArtifacts(artifacts, places.outDir, settings);
  const folder = dirname(places.spec);
  const flake = await readFile(join(folder, "flake.nix"), "utf8").catch(() => undefined);
  const paths = artifacts.map(({ path }) => path);
  const untracked = await findUntracked(places.outDir, paths);
  return {
    accelerator: plan.hardware.accelerator,
    requiredFeatures: featuresOf(plan),
    memoryMiB: plan.hardware.memoryMiB,
    controllerMiB: plan.controller.memoryMiB,
    diskGiB: plan.hardware.disk.sizeGiB,
    installMinutes: plan.image.deadlineMinutes,
    access: plan.access,
    isLocked: existsSync(join(folder, generated.cygwinLock)),
    iso: plan.iso === null ? null : await gatherIso(plan.iso, programs),
    stale: isMissing ? "missing" : differences.map(({ path }) => path),
    untracked: untracked && { isIgnored: untracked.isIgnored, command: commandToTrack(untracked) },
    flake: flake?.replace(/#.*$/gm, ""),
  };
}

async function gatherIso(
  iso: NonNullable<Plan["iso"]>,
  programs: NixPrograms | undefined,
): Promise<IsoFacts> {
  if (programs === undefined) return { name: iso.name, url: iso.url, store: null };
  const { path, isThere } = await findInStore(programs, iso);
  return {
    name: iso.name,
    url: iso.url,
    store: { path, isThere, isKept: isThere && (await isKeptInStore(programs, path)) },
  };
}
