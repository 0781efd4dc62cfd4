import type { Stats } from "node:fs";
import { appendFile, chmod, lstat, mkdir, open, readdir, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";

/**
 * Nix finds references by the 32 characters of a store path's hash, in bytes. Windows' programs keep text in UTF-16, in
 * which it does not see them, and would then delete what is needed. 32 characters of Nix' alphabet and a dash, each
 * followed by a zero byte, are such a hash.
 */
const hashInUtf16 = /((?:[0-9a-df-np-sv-z]\0){32})-\0/g;
const hashBytes = 66;
const chunkBytes = 1024 * 1024;

/**
 * Store paths that files below a path (a file or a folder) name in UTF-16 (little endian). `readNames` tells those that may be
 * meant: names in the store, such as `HASH-hello-2.12`; it is asked only where there is a hash. Sorted; links are not followed.
 */
export async function findHiddenReferences(
  path: string,
  readNames: () => Promise<readonly string[]>,
): Promise<string[]> {
  const hashes = new Set<string>();
  for await (const file of filesBelow(path)) {
    for await (const hash of hashesIn(file)) hashes.add(hash);
  }
  if (hashes.size === 0) return [];
  const byHash = new Map((await readNames()).map((name) => [name.slice(0, 32), name]));
  return [...hashes].flatMap((hash) => byHash.get(hash) ?? []).sort();
}

/**
 * Names them in `nix-support/references` of an output, where Nix sees them, and returns how many there are; undefined where there
 * is no place for them: the output is a file, or a link stands in the way. Only for outputs that nobody else can change any more.
 */
export async function writeHiddenReferences(
  output: string,
  references: readonly string[],
): Promise<number | undefined> {
  if (references.length === 0) return 0;
  const support = join(output, "nix-support");
  const file = join(support, "references");
  if (!(await makeWritable(output, "folder"))) return undefined;
  await mkdir(support).catch(ignoreExisting);
  if (!(await makeWritable(support, "folder"))) return undefined;
  await writeFile(file, "", { flag: "wx" }).catch(ignoreExisting);
  if (!(await makeWritable(file, "file"))) return undefined;
  await appendFile(file, references.map((path) => `${path}\n`).join(""));
  return references.length;
}

/** Names of everything in the store, as a build sees it: in a sandbox that is what it may refer to. */
export async function storeNames(
  storeFolder: string,
  outputs: readonly string[],
): Promise<readonly string[]> {
  return [...(await readdir(storeFolder).catch(() => [])), ...outputs.map((path) => basename(path))];
}

async function* filesBelow(path: string): AsyncGenerator<string> {
  const found = await lstat(path);
  if (!found.isFile() && !found.isDirectory()) return;
  await makeReadable(path, found);
  if (found.isFile()) yield path;
  else for (const name of await readdir(path)) yield* filesBelow(join(path, name));
}

/** Nix makes everything in the store readable, whatever the command has left. */
async function makeReadable(path: string, found: Stats): Promise<void> {
  const needed = found.isDirectory() ? 0o500 : 0o400;
  if ((found.mode & needed) !== needed) await chmod(path, (found.mode & 0o7777) | needed);
}

/** False for what is of another kind, which stays as it is. */
async function makeWritable(path: string, kind: "folder" | "file"): Promise<boolean> {
  const found = await lstat(path);
  if (kind === "folder" ? !found.isDirectory() : !found.isFile()) return false;
  const needed = kind === "folder" ? 0o700 : 0o200;
  if ((found.mode & needed) !== needed) await chmod(path, (found.mode & 0o7777) | needed);
  return true;
}

function ignoreExisting(error: unknown): undefined {
  if (!(error instanceof Error && "code" in error && error.code === "EEXIST")) throw error;
}

async function* hashesIn(file: string): AsyncGenerator<string> {
  await using handle = await open(file, "r");
  const buffer = Buffer.alloc(chunkBytes + hashBytes);
  let kept = 0;
  for (;;) {
    const { bytesRead } = await handle.read(buffer, kept, chunkBytes, null);
    if (bytesRead === 0) return;
    const end = kept + bytesRead;
    for (const [, hash = ""] of buffer.toString("latin1", 0, end).matchAll(hashInUtf16)) {
      yield hash.replaceAll("\0", "");
    }
    // What may be the beginning of one: a whole one in it is found again, which does no harm.
    kept = Math.min(end, hashBytes - 1);
    buffer.copy(buffer, 0, end - kept, end);
  }
}
