import { chmod, mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A folder that goes with its scope; short, because sockets live in it. */
export interface TempFolder extends AsyncDisposable {
  readonly path: string;
}

/** Makes an empty folder. */
export async function makeTempFolder(): Promise<TempFolder> {
  const path = await mkdtemp(join(tmpdir(), "cs-"));
  return {
    path,
    async [Symbol.asyncDispose]() {
      await makeWritable(path);
      // A program that a test has ended may still have started another one, which writes a last line.
      await rm(path, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

/** Folders that a test made read-only cannot be emptied otherwise, unless one is root. */
async function makeWritable(folder: string): Promise<void> {
  await chmod(folder, 0o755);
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    if (entry.isDirectory()) await makeWritable(join(folder, entry.name));
  }
}
