import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { generated } from "../../contract/filenames.ts";
import { checkArtifacts } from "../../writer/check.ts";
import type { Difference } from "../../writer/compare.ts";
import { formatManifest, loadManifest } from "../../writer/manifest-file.ts";
import { manifestFor } from "../../writer/manifest-for.ts";
import type { WantedFolder } from "../wanted-folder.ts";

/** One file that generate would write, remove or refuse to touch. */
export interface Change {
  readonly path: string;
  readonly state: Difference["state"];
  /** What is on disk; undefined where no plain file is. */
  readonly old: Uint8Array | undefined;
  /** What generate would write; undefined where it would remove, `secret` where a password goes in that it has yet to make. */
  readonly next: Uint8Array | "secret" | undefined;
}

/** Compares a folder with what it has to hold, with the bytes of both sides; one entry for each path, sorted. Changes nothing. */
export async function findChanges(
  outDir: string,
  resolve: () => Promise<WantedFolder>,
): Promise<{ readonly wanted: WantedFolder; readonly changes: readonly Change[] }> {
  const wanted = await resolve();
  const differences = await checkArtifacts(wanted.artifacts, outDir, wanted.settings);
  const next = bytesOf(wanted);
  for (const path of await findSecrets(outDir, wanted, next, resolve)) next.set(path, "secret");
  const changes = await Promise.all(
    differences.map(async ({ path, state }) => ({
      path,
      state,
      old: state === "missing" || state === "blocked" ? undefined : await readFile(join(outDir, path)),
      next: next.get(path),
    })),
  );
  return { wanted, changes: changes.sort((left, right) => (left.path < right.path ? -1 : 1)) };
}

// A password that is in no manifest was made for this run, and generate will make another: what differs between two runs holds it.
async function findSecrets(
  outDir: string,
  { settings: { password } }: WantedFolder,
  next: ReadonlyMap<string, Change["next"]>,
  resolve: () => Promise<WantedFolder>,
): Promise<readonly string[]> {
  if (password === null || (await loadManifest(outDir))?.password === password) return [];
  const other = bytesOf(await resolve());
  return [...next].flatMap(([path, content]) => (same(content, other.get(path)) ? [] : [path]));
}

function bytesOf({ artifacts, settings }: WantedFolder): Map<string, Change["next"]> {
  const manifest = { path: generated.manifest, content: formatManifest(manifestFor(artifacts, settings)) };
  return new Map([...artifacts, manifest].map(({ path, content }) => [path, Buffer.from(content)]));
}

function same(left: Change["next"], right: Change["next"]): boolean {
  return left instanceof Uint8Array && right instanceof Uint8Array && Buffer.compare(left, right) === 0;
}
