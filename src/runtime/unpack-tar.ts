import { chmod, type FileHandle, link, lstat, mkdir, open, readdir, symlink, utimes } from "node:fs/promises";
import {
  blockBytes,
  parseTarExtension,
  parseTarHeader,
  type TarEntry,
  TarError,
  type TarOverrides,
} from "./tar-entries.ts";

/** Long names are a few KiB; more is damage. */
const extensionMaxBytes = 1024 * 1024;
const copyBytes = 1024 * 1024;

/**
 * Unpacks an open tar into a folder that is empty or missing: files, folders, symlinks, hard links, with modes and times, and
 * owned by whoever unpacks. The folder itself is ours, whatever the archive says of its mode. Throws TarError at a member
 * that would land elsewhere; one parser judges and unpacks, so the two cannot differ. What was unpacked before a fault stays.
 */
export async function unpackTar(archive: FileHandle, folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  if ((await readdir(folder)).length > 0) throw new Error(`${folder}: is not empty`);
  const reader = createReader(archive);
  // Modes and times of folders come last: a read-only folder could not be filled, and filling it changes its time.
  const folders: { path: string; entry: TarEntry }[] = [];
  let overrides: TarOverrides = {};
  for (;;) {
    const header = parseTarHeader(await reader.read(blockBytes), overrides);
    if (header.kind === "end") break;
    if (header.kind === "extension") {
      if (header.size > extensionMaxBytes) throw new TarError("the archive is damaged: a name is too long");
      const body = await reader.read(padded(header.size));
      const found = parseTarExtension(header.type, body.subarray(0, header.size));
      if (header.type !== "g") overrides = { ...overrides, ...found };
      continue;
    }
    overrides = {};
    const { entry } = header;
    const path = entry.path === "" ? folder : `${folder}/${entry.path}`;
    await checkParents(folder, entry);
    await make(entry, { path, folder, reader });
    if (entry.what.kind === "folder" && entry.path !== "") folders.push({ path, entry });
  }
  for (const { path, entry } of folders.reverse()) {
    await chmod(path, entry.mode);
    await utimes(path, entry.mtimeSeconds, entry.mtimeSeconds);
  }
}

interface Reader {
  /** Exactly this many bytes; throws TarError at the archive's end. */
  read(bytes: number): Promise<Buffer>;
}

function createReader(file: FileHandle): Reader {
  let position = 0;
  return {
    read: async (wanted) => {
      const buffer = Buffer.alloc(wanted);
      let filled = 0;
      while (filled < wanted) {
        const { bytesRead } = await file.read(buffer, filled, wanted - filled, position);
        if (bytesRead === 0) throw new TarError(`the archive is cut off after ${position} bytes`);
        filled += bytesRead;
        position += bytesRead;
      }
      return buffer;
    },
  };
}

/** Folders that the archive did not name are made; a symlink on the way would lead the member elsewhere. */
async function checkParents(folder: string, entry: TarEntry): Promise<void> {
  const parts = entry.path.split("/").slice(0, -1);
  if (entry.what.kind === "hardlink")
    await checkParents(folder, { ...entry, path: entry.what.target, what: { kind: "folder" } });
  let path = folder;
  for (const part of parts) {
    path = `${path}/${part}`;
    const found = await lstat(path).catch(() => undefined);
    if (found === undefined) await mkdir(path);
    else if (!found.isDirectory()) {
      throw new TarError(`${JSON.stringify(entry.path)}: lies below a link or file of the archive`);
    }
  }
}

async function make(
  entry: TarEntry,
  place: { readonly path: string; readonly folder: string; readonly reader: Reader },
): Promise<void> {
  const { what, mode, mtimeSeconds } = entry;
  const { path, folder, reader } = place;
  try {
    switch (what.kind) {
      case "folder":
        if (!(await isFolder(path))) await mkdir(path);
        return;
      case "symlink":
        await symlink(what.target, path);
        return;
      case "hardlink":
        await link(`${folder}/${what.target}`, path);
        return;
      case "file": {
        // wx: a member twice in one archive would otherwise follow whatever the first one made.
        await using file = await open(path, "wx", 0o600);
        await copyBody(file, reader, what.size);
        await file.chmod(mode);
        await file.utimes(mtimeSeconds, mtimeSeconds);
      }
    }
  } catch (error) {
    if (error instanceof TarError) throw error;
    const reason = error instanceof Error ? error.message : String(error);
    throw new TarError(`${JSON.stringify(entry.path)}: could not be unpacked (${reason})`, { cause: error });
  }
}

async function copyBody(file: FileHandle, reader: Reader, size: number): Promise<void> {
  for (let left = padded(size), useful = size; left > 0; ) {
    const part = await reader.read(Math.min(left, copyBytes));
    const bytes = part.subarray(0, Math.min(useful, part.length));
    for (let rest = bytes; rest.length > 0; ) rest = rest.subarray((await file.write(rest)).bytesWritten);
    left -= part.length;
    useful -= bytes.length;
  }
}

async function isFolder(path: string): Promise<boolean> {
  return (await lstat(path).catch(() => undefined))?.isDirectory() ?? false;
}

function padded(size: number): number {
  return Math.ceil(size / blockBytes) * blockBytes;
}
