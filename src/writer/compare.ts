import type { Artifact } from "../artifacts/artifact.ts";
import { artifactPath, type Manifest } from "../contract/manifest.ts";
import { InternalError } from "../errors.ts";
import { type Found, hash, lookAt } from "./look.ts";

/**
 * How a path of the output folder stands to what should be there:
 * - `same`: the bytes are right
 * - `missing`: generate would create it
 * - `stale`: as casement left it, and no longer right
 * - `edited`: casement's, and changed by somebody else since
 * - `foreign`: not casement's, and in the way
 * - `extra`: casement's, and no longer generated
 * - `extra-edited`: both of the last two
 * - `blocked`: a symbolic link or a folder stands at the path or above it; casement does not follow links
 */
export interface Difference {
  readonly path: string;
  readonly state: "same" | "missing" | "stale" | "edited" | "foreign" | "extra" | "extra-edited" | "blocked";
  /** SHA-256 of what is there; undefined where no plain file is. */
  readonly found: string | undefined;
}

/** Compares a folder with what should be in it; one entry for each path, sorted. Changes nothing. */
export function compareArtifacts(
  artifacts: readonly Artifact[],
  outDir: string,
  manifest: Manifest | undefined,
): Difference[] {
  const differences: Difference[] = [];
  const wanted = new Set<string>();
  for (const artifact of artifacts) {
    assertPath(artifact.path, wanted);
    wanted.add(artifact.path);
    const found = lookAt(outDir, artifact.path);
    differences.push({ path: artifact.path, ...wantedState(artifact, found, manifest) });
  }
  for (const path of ownedPaths(manifest)) {
    if (wanted.has(path)) continue;
    const found = lookAt(outDir, path);
    if (found === "missing") continue;
    if (found === "blocked") differences.push({ path, state: "blocked", found: undefined });
    else {
      differences.push({
        path,
        state: isOurs(found.hash, path, manifest) ? "extra" : "extra-edited",
        found: found.hash,
      });
    }
  }
  return differences.sort((left, right) => (left.path < right.path ? -1 : 1));
}

function wantedState(
  artifact: Artifact,
  found: Found,
  manifest: Manifest | undefined,
): Omit<Difference, "path"> {
  if (found === "missing" || found === "blocked") return { state: found, found: undefined };
  const state =
    found.hash === hash(artifact.content)
      ? "same"
      : isOurs(found.hash, artifact.path, manifest)
        ? "stale"
        : ownedPaths(manifest).has(artifact.path)
          ? "edited"
          : "foreign";
  return { state, found: found.hash };
}

function ownedPaths(manifest: Manifest | undefined): Set<string> {
  return new Set([...Object.keys(manifest?.files ?? {}), ...Object.keys(manifest?.pending ?? {})]);
}

// Written by casement and not changed since; while a write was under way, either content counts.
function isOurs(found: string, path: string, manifest: Manifest | undefined): boolean {
  return [manifest?.files[path], manifest?.pending?.[path]].includes(found);
}

function assertPath(path: string, seen: ReadonlySet<string>): void {
  if (!artifactPath.test(path))
    throw new InternalError(`artifact path ${JSON.stringify(path)} is not allowed`);
  if (seen.has(path)) throw new InternalError(`two artifacts have the path ${path}`);
}
