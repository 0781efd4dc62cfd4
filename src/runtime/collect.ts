import { constants } from "node:fs";
import { type FileHandle, open } from "node:fs/promises";
import { xchg } from "../contract/filenames.ts";
import { GuestError } from "../errors.ts";
import { orFullDisk } from "./full-disk.ts";
import { unpackTar } from "./unpack-tar.ts";

/**
 * Unpacks what a session packed as its outputs from the exchange folder into a new folder, which the guest cannot reach, each output under
 * its name in the store. Returns false where the session has packed nothing; throws GuestError where it cannot be unpacked.
 */
export async function unpackOutputs(exchange: string, folder: string): Promise<boolean> {
  try {
    await using archive = await openArchive(`${exchange}/${xchg.resultTar}`);
    if (archive === undefined) return false;
    await unpackTar(archive, folder);
    return true;
  } catch (error) {
    const first = error instanceof Error && error.cause instanceof Error ? error.cause : error;
    if (first instanceof Error && orFullDisk(first) !== first) throw orFullDisk(first);
    const reason = error instanceof Error ? error.message : String(error);
    throw new GuestError("collect", `${xchg.resultTar}: ${reason}`, { cause: error });
  }
}

/** The guest may have put anything there: a link is not followed, and a pipe does not hold anybody up. */
async function openArchive(path: string): Promise<FileHandle | undefined> {
  const flags = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK;
  const file = await open(path, flags).catch((error: unknown) => {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return undefined;
    throw error;
  });
  if (file === undefined || (await file.stat()).isFile()) return file;
  await file.close();
  throw new Error("is no file");
}
