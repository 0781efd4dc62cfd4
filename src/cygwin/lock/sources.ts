import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { createHash } from "node:crypto";
import { ToolError } from "../../errors.ts";
import { downloadFile } from "../download.ts";
import type { PublicKey } from "../signature/public-key.ts";
import { verifySignature } from "../signature/verify.ts";

/** How files are had and what is said meanwhile. */
export interface Sources {
  /** A folder for what is downloaded; what is in it is taken up again. */
  readonly cacheFolder: string;
  /** Whose signatures count. */
  readonly keys: readonly PublicKey[];
  /** Take what no known key signed, without looking. */
  readonly unsigned: boolean;
  /** Something to know, such as that no signature was checked. */
  readonly onRemark: (text: string) => void;
  readonly onProgress: (what: string, receivedBytes: number, totalBytes: number | undefined) => void;
}

/** True for what is fetched and not read from the disk. */
export function isUrl(source: string): boolean {
  return /^https?:\/\//i.test(source);
}

/** The bytes of a file or an address; undefined when there is none. */
export async function readSource(source: string, sources: Sources): Promise<Buffer | undefined> {
  if (!isUrl(source)) return readIfThere(source);
  const file = cachedFile(source, sources);
  const isThere = await downloadFile(source, file, {
    onProgress: (received, total) => sources.onProgress(source, received, total),
  });
  return isThere ? readFile(file) : undefined;
}

/** The same, where there has to be one: otherwise a ToolError. */
export async function needSource(source: string, what: string, sources: Sources): Promise<Buffer> {
  const bytes = await readSource(source, sources);
  if (bytes !== undefined) return bytes;
  throw new ToolError(`${source}: ${what} is not there`, {
    hint: isUrl(source) ? "Check the address; archives of old Cygwins do disappear." : "Check the path.",
  });
}

/**
 * Checks the signature beside a file or an address (SOURCE.sig) and returns the fingerprint of its key; null, and a remark,
 * where none was checked. Throws ToolError when there is one that does not hold.
 */
export async function checkSignature(
  source: string,
  bytes: Uint8Array,
  sources: Sources,
): Promise<string | null> {
  if (sources.unsigned) {
    sources.onRemark(`${source}: its signature was not checked, because of --unsigned`);
    return null;
  }
  const signature = await readSource(`${source}.sig`, sources);
  if (signature === undefined) {
    sources.onRemark(`${source}: NOT checked, because there is no signature beside it (${source}.sig)`);
    return null;
  }
  try {
    return verifySignature(bytes, signature, sources.keys);
  } catch (error) {
    if (!(error instanceof ToolError)) throw error;
    throw new ToolError(`${source}.sig: ${error.message}`, {
      hint: "Fetch both files again. If somebody else's key made it, name that: --keyring FILE; to do without: --unsigned.",
      cause: error,
    });
  }
}

/** Where a download lies in the cache. */
export function cachedFile(url: string, { cacheFolder }: Sources): string {
  return join(cacheFolder, createHash("sha256").update(url).digest("hex"));
}

/** An address in an archive. */
export function archiveUrl(archive: string, path: string): string {
  return `${archive.replace(/\/+$/, "")}/${encodeURI(path)}`;
}

async function readIfThere(file: string): Promise<Buffer | undefined> {
  try {
    return await readFile(file);
  } catch (error) {
    const code = error instanceof Error && "code" in error ? error.code : undefined;
    if (code === "ENOENT" || code === "ENOTDIR") return undefined;
    if (code === "EISDIR")
      throw new ToolError(`${file}: is a folder, and a file is wanted`, {
        hint: "Name the file in it, such as FOLDER/x86_64/setup.ini.",
        cause: error,
      });
    throw error;
  }
}
