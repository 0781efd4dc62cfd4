import { lstat, mkdir, rename, rm, rmdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { Artifact } from "../artifacts/artifact.ts";
import { generated } from "../contract/filenames.ts";
import type { Manifest } from "../contract/manifest.ts";
import { ToolError } from "../errors.ts";
import { compareArtifacts, type Difference } from "./compare.ts";
import { assertFolder, makeFolder } from "./folder.ts";
import { whileLocked } from "./lock.ts";
import { formatManifest, loadManifest } from "./manifest-file.ts";
import { manifestFor, type ManifestSettings } from "./manifest-for.ts";

/** What a write did; paths are relative to the folder and sorted. */
export interface WriteReport {
  readonly written: readonly string[];
  readonly unchanged: readonly string[];
  readonly removed: readonly string[];
}

export interface WriteOptions extends ManifestSettings {
  /** Overwrites casement's files that somebody else changed. Never a file that is not casement's. */
  readonly force: boolean;
}

/**
 * Makes the folder hold the artifacts: only changed files are touched, each is renamed into place, and what casement
 * does not own is left alone. Everything that is in the way is reported at once, before anything is written. After a
 * crash at any point the next write finishes the work.
 */
export async function writeArtifacts(
  artifacts: readonly Artifact[],
  outDir: string,
  options: WriteOptions,
): Promise<WriteReport> {
  await assertFolder(outDir);
  const first = await planWrite(artifacts, outDir, options);
  if (!first.changed && !first.stale) return first.report;
  await makeFolder(outDir);
  return whileLocked(outDir, () => writeLocked(artifacts, outDir, options));
}

// Plans anew: another writer can have been at work before the lock was ours.
async function writeLocked(
  artifacts: readonly Artifact[],
  outDir: string,
  options: WriteOptions,
): Promise<WriteReport> {
  const { manifest, differences, report, next, changed } = await planWrite(artifacts, outDir, options);
  await using staging = await openStaging(outDir);
  if (changed) {
    // From here on the folder can hold old and new files; the manifest knows both until the last one is in place.
    const files = Object.fromEntries(
      differences.flatMap(({ path, found }) => (found === undefined ? [] : [[path, found]])),
    );
    await staging.put(generated.manifest, formatManifest({ ...next, files, pending: next.files }));
    const written = new Set(report.written);
    for (const artifact of artifacts) {
      if (written.has(artifact.path)) await staging.put(artifact.path, artifact.content);
    }
  }
  // All of them and not only those that are still there: a crash can have left an empty folder.
  for (const path of Object.keys({ ...manifest?.files, ...manifest?.pending })) {
    if (next.files[path] === undefined) await removeFile(outDir, path);
  }
  await staging.put(generated.manifest, formatManifest(next));
  return report;
}

async function planWrite(
  artifacts: readonly Artifact[],
  outDir: string,
  options: WriteOptions,
): Promise<{
  readonly manifest: Manifest | undefined;
  readonly differences: readonly Difference[];
  readonly report: WriteReport;
  readonly next: Manifest;
  readonly changed: boolean;
  readonly stale: boolean;
}> {
  const manifest = await loadManifest(outDir);
  const differences = compareArtifacts(artifacts, outDir, manifest);
  assertNothingInTheWay(differences, { outDir, force: options.force, manifest });
  const report = reportOf(differences);
  const next = manifestFor(artifacts, options);
  const changed = report.written.length + report.removed.length > 0;
  const stale = manifest === undefined || formatManifest(manifest) !== formatManifest(next);
  return { manifest, differences, report, next, changed, stale };
}

function reportOf(differences: readonly Difference[]): WriteReport {
  const pathsOf = (...states: Difference["state"][]): string[] =>
    differences
      .filter((difference) => states.includes(difference.state))
      .map((difference) => difference.path);
  return {
    written: pathsOf("missing", "stale", "edited"),
    unchanged: pathsOf("same"),
    removed: pathsOf("extra", "extra-edited"),
  };
}

function assertNothingInTheWay(
  differences: readonly Difference[],
  { outDir, force, manifest }: { outDir: string; force: boolean; manifest: Manifest | undefined },
): void {
  const refused = differences.filter(({ state }) => {
    if (state === "edited" || state === "extra-edited") return !force;
    return state === "foreign" || state === "blocked";
  });
  if (refused.length === 0) return;
  const edited = refused.some(({ state }) => state === "edited" || state === "extra-edited");
  const others = refused.some(({ state }) => state === "foreign" || state === "blocked");
  const hints = [
    edited
      ? "Edited files: put the change into the spec, then --force writes casement's version."
      : undefined,
    others ? "Other files: move them away, or choose another folder with --out." : undefined,
    others && manifest === undefined
      ? `If casement wrote them: restore ${generated.manifest} from version control, which says what is casement's.`
      : undefined,
  ];
  throw new ToolError(
    `${outDir}: nothing was written, because files are in the way\n${refused.map(explain).join("\n")}`,
    { hint: hints.filter((hint) => hint !== undefined).join("\n") },
  );
}

function explain({ path, state }: Difference): string {
  const reasons: Partial<Record<Difference["state"], string>> = {
    edited: "is casement's and was changed by hand",
    "extra-edited": "is casement's, was changed by hand, and is no longer generated",
    foreign: "is not casement's",
    blocked: "is a symbolic link or a folder, or lies below a link",
  };
  return `  ${path}: ${reasons[state] ?? state}`;
}

/** A folder beside the files, so that rename is atomic; a crash leaves it behind and the next write replaces it. */
async function openStaging(outDir: string): Promise<Staging> {
  const folder = join(outDir, stagingName);
  const clear = (): Promise<void> => rm(folder, { recursive: true, force: true });
  await clear();
  await mkdir(folder);
  return {
    async put(path, content) {
      const target = join(outDir, path);
      const temporary = join(folder, "file");
      await assertNoLink(target);
      await writeFile(temporary, content, { flag: "wx", mode: 0o644 });
      await mkdir(dirname(target), { recursive: true });
      await rename(temporary, target);
    },
    [Symbol.asyncDispose]: clear,
  };
}

interface Staging extends AsyncDisposable {
  put(path: string, content: Uint8Array | string): Promise<void>;
}

const stagingName = ".casement-new";

async function assertNoLink(target: string): Promise<void> {
  const stats = await lstat(target).catch(() => undefined);
  if (stats === undefined || stats.isFile()) return;
  throw new ToolError(`${target}: is not a plain file`, {
    hint: "Move it away; casement does not follow links.",
  });
}

/** Removes a file, and the folders above it that this leaves empty. */
async function removeFile(outDir: string, path: string): Promise<void> {
  await rm(join(outDir, path), { force: true });
  for (let folder = dirname(path); folder !== "."; folder = dirname(folder)) {
    try {
      await rmdir(join(outDir, folder));
    } catch {
      return;
    }
  }
}
