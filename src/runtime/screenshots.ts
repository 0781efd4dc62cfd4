import { watch } from "node:fs";
import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
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
  const answered = new Set<string>();
  const serve = async (): Promise<void> => {
    for (const name of (await readdir(folder)).sort()) {
      const file = join(folder, name);
      if (answered.has(name) || (await readFile(file, "utf8")).trim() !== screenshotRequest.wanted) continue;
      answered.add(name);
      await writeFile(file, `${await answer(name, take, taken)}\n`);
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
