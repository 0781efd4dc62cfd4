import type { Artifact } from "../artifacts/artifact.ts";
import { generated } from "../contract/filenames.ts";
import { compareArtifacts, type Difference } from "./compare.ts";
import { formatManifest, loadManifest } from "./manifest-file.ts";
import { manifestFor, type ManifestSettings } from "./manifest-for.ts";

/** What write would change, and what it would refuse to; empty when the folder is right. Changes nothing. */
export async function checkArtifacts(
  artifacts: readonly Artifact[],
  outDir: string,
  settings: ManifestSettings,
): Promise<Difference[]> {
  const manifest = await loadManifest(outDir);
  const differences = compareArtifacts(artifacts, outDir, manifest).filter(({ state }) => state !== "same");
  if (manifest === undefined) {
    return [...differences, { path: generated.manifest, state: "missing", found: undefined }];
  }
  if (formatManifest(manifest) !== formatManifest(manifestFor(artifacts, settings))) {
    differences.push({ path: generated.manifest, state: "stale", found: undefined });
  }
  return differences;
}
