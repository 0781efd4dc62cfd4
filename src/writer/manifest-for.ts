import type { Artifact } from "../artifacts/artifact.ts";
import { type Manifest, manifestVersion } from "../contract/manifest.ts";
import { hash } from "./look.ts";

export interface ManifestSettings {
  /** Version of casement. */
  readonly generator: string;
  /** The password that generate made, kept for the next time; null when the spec gives one. */
  readonly password: string | null;
  /** Files that the spec names, relative to its folder. */
  readonly sources?: readonly string[];
}

/** The manifest of a folder that holds exactly these artifacts. */
export function manifestFor(artifacts: readonly Artifact[], settings: ManifestSettings): Manifest {
  const sources = [...(settings.sources ?? [])].sort();
  return {
    version: manifestVersion,
    generator: settings.generator,
    password: settings.password,
    files: Object.fromEntries(artifacts.map((artifact) => [artifact.path, hash(artifact.content)])),
    ...(sources.length > 0 ? { sources } : {}),
  };
}
