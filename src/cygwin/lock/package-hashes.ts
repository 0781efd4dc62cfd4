import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { ToolError } from "../../errors.ts";
import { downloadFile } from "../download.ts";
import type { Archive } from "../setup-ini/setup-ini.ts";
import { archiveUrl, cachedFile, type Sources } from "./sources.ts";

/** Where packages can be had: a folder that is laid out as an archive, and archives. */
export interface PackagePlaces {
  readonly folder: string | undefined;
  readonly archives: readonly string[];
}

/**
 * The SHA-512 of a package. Old lists know its MD5 only: then the package itself is read, from the folder or an archive,
 * compared with size and MD5, and hashed. Throws ToolError.
 */
export async function findSha512(archive: Archive, places: PackagePlaces, sources: Sources): Promise<string> {
  if (archive.hash.kind === "sha512") return archive.hash.hex;
  const local = places.folder === undefined ? undefined : join(places.folder, archive.path);
  if (local !== undefined && (await isThere(local))) return hashChecked(local, local, archive);
  for (const root of places.archives) {
    const url = archiveUrl(root, archive.path);
    const file = cachedFile(url, sources);
    const isCached = (await isThere(file)) && (await isRight(file, archive));
    if (isCached || (await downloadFile(url, file, progressOptions(url, archive, sources))))
      return hashChecked(file, url, archive);
  }
  throw new ToolError(
    `${archive.path}: the list knows its MD5 only, and the package is not at hand to make a SHA-512 of it`,
    {
      hint:
        places.archives.length === 0
          ? "Name the archive of the list, which is then read: --archive URL. Or keep the list in a folder with its packages."
          : `Looked in ${places.archives.join(", ")}. Is that the archive of this list?`,
    },
  );
}

function progressOptions(
  url: string,
  { size }: Archive,
  sources: Sources,
): Parameters<typeof downloadFile>[2] {
  return { size, onProgress: (received, total) => sources.onProgress(url, received, total ?? size) };
}

async function hashChecked(file: string, where: string, archive: Archive): Promise<string> {
  const found = await hashesOf(file);
  if (found.size === archive.size && found.md5 === archive.hash.hex) return found.sha512;
  throw new ToolError(
    `${where}: not what the list says: ${found.size} bytes with MD5 ${found.md5}, the list has ${archive.size} bytes with ${archive.hash.hex}`,
    {
      hint: "List and packages are of different days, or the file is damaged; name a list and its own archive.",
    },
  );
}

async function isRight(file: string, archive: Archive): Promise<boolean> {
  const found = await hashesOf(file);
  return found.size === archive.size && found.md5 === archive.hash.hex;
}

async function hashesOf(file: string): Promise<{ size: number; md5: string; sha512: string }> {
  const md5 = createHash("md5");
  const sha512 = createHash("sha512");
  let size = 0;
  await pipeline(createReadStream(file), async (chunks: AsyncIterable<Buffer>) => {
    for await (const chunk of chunks) {
      size += chunk.length;
      md5.update(chunk);
      sha512.update(chunk);
    }
  });
  return { size, md5: md5.digest("hex"), sha512: sha512.digest("hex") };
}

async function isThere(file: string): Promise<boolean> {
  try {
    return (await stat(file)).isFile();
  } catch {
    return false;
  }
}
