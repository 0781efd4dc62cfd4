import { lstat, open, readFile, rm, rmdir } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { Artifact } from "../artifacts/artifact.ts";
import { ToolError } from "../errors.ts";
import { assertFolder, makeFolder } from "./folder.ts";

/**
 * Writes files into a folder, which is made where it is missing, and overwrites nothing: where other content is in the way,
 * all of it is named and nothing is written. Files that are there already with these bytes stay. Returns the paths that were
 * written; after a failure none of them is left, and no folder that was made for them.
 */
export async function writeNewFiles(
  files: readonly Artifact[],
  folder: string,
  { hint }: { readonly hint: string },
): Promise<string[]> {
  await assertFolder(folder, hint);
  const found = await Promise.all(files.map(async (file) => ({ file, state: await look(file, folder) })));
  const inTheWay = found.filter(({ state }) => state === "in the way").map(({ file }) => `  ${file.path}`);
  if (inTheWay.length > 0) {
    throw new ToolError(
      `${folder}: nothing was written, because these are there already\n${inTheWay.join("\n")}`,
      { hint },
    );
  }
  const missing = found.filter(({ state }) => state === "missing").map(({ file }) => file);
  await using undo = new AsyncDisposableStack();
  await makeFolderFor(undo, folder, hint);
  for (const file of missing) {
    const target = join(folder, file.path);
    await makeFolderFor(undo, dirname(target), hint);
    // wx: somebody can have made it since.
    await using handle = await open(target, "wx");
    // Before it is written: a disk may be full by then.
    undo.defer(() => rm(target, { force: true }));
    await handle.writeFile(file.content);
  }
  undo.move();
  return missing.map(({ path }) => path);
}

async function makeFolderFor(undo: AsyncDisposableStack, folder: string, hint: string): Promise<void> {
  for (const path of await makeFolder(folder, hint)) {
    // What somebody has put there since stays, and the folder with it.
    undo.defer(() => rmdir(path).catch(() => undefined));
  }
}

async function look(file: Artifact, folder: string): Promise<"missing" | "there" | "in the way"> {
  const target = join(folder, file.path);
  const stats = await lstat(target).catch(() => undefined);
  if (stats === undefined) return "missing";
  if (!stats.isFile()) return "in the way";
  return Buffer.from(file.content).equals(await readFile(target)) ? "there" : "in the way";
}
