import { constants, watch } from "node:fs";
import { type FileHandle, mkdir, open, readdir } from "node:fs/promises";
import { join } from "node:path";
import { screenshotRequest } from "../contract/filenames.ts";

export interface ScreenshotService extends AsyncDisposable {
  /** Names of the pictures that were asked for and taken, in order. */
  readonly taken: readonly string[];
}

/**
 * Takes pictures that a command asks for, by a file in a folder of the exchange: it writes `wanted` into a file of the
 * picture's name and waits until the same file says `taken`, or why not. The same file, because a client of SMB remembers
 * for seconds that a file was not there, and asks the server for what is in one.
 */
export async function serveScreenshots(
  folder: string,
  take: (name: string) => Promise<void>,
): Promise<ScreenshotService> {
  await mkdir(folder, { recursive: true });
  const taken: string[] = [];
  const serve = async (): Promise<void> => {
    for (const name of (await readdir(folder)).sort()) {
      // What cannot be read asks for nothing, and those after it do.
      await serveOne(join(folder, name), () => answer(name, take, taken)).catch(() => undefined);
    }
  };
  // One look at a time, and one more for whatever came in between.
  let looking = Promise.resolve();
  const look = (): void => {
    looking = looking.then(serve).catch(() => undefined);
  };
  const watcher = watch(folder, look);
  look();
  return {
    taken,
    async [Symbol.asyncDispose]() {
      watcher.close();
      await looking;
    },
  };
}

const mostBytes = 1024;

/** The guest may put anything there: a link would lead to a file of the host's, a pipe would never be read to its end. */
async function serveOne(file: string, reply: () => Promise<string>): Promise<void> {
  await using handle = await open(file, constants.O_RDWR | constants.O_NOFOLLOW | constants.O_NONBLOCK);
  const found = await handle.stat();
  if (!found.isFile() || found.size > mostBytes) return;
  if ((await readText(handle)).trim() !== screenshotRequest.wanted) return;
  const said = await reply();
  await handle.truncate(0);
  await handle.write(`${said}\n`, 0);
}

async function readText(handle: FileHandle): Promise<string> {
  const { bytesRead, buffer } = await handle.read({ buffer: Buffer.alloc(mostBytes), position: 0 });
  return buffer.toString("utf8", 0, bytesRead);
}

async function answer(name: string, take: (name: string) => Promise<void>, taken: string[]): Promise<string> {
  if (!screenshotRequest.name.test(name)) {
    return `failed: not a picture's name, got ${JSON.stringify(name)}; allowed: letters, digits, . _ -`;
  }
  try {
    await take(name);
    taken.push(name);
    return screenshotRequest.taken;
  } catch (error) {
    return `failed: ${error instanceof Error ? error.message : String(error)}`;
  }
}
