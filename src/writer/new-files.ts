import { lstat, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { Artifact } from "../artifacts/artifact.ts";
import { ToolError } from "../errors.ts";
import { assertFolder, makeFolder } from "./folder.ts";

/**
 * Writes files into a folder, which is made where it is missing, and overwrites nothing: where other content is in the way,
 * all of it is named and nothing is written. Files that are there already with these bytes stay. Returns the paths that were
 * written; after a failure none of them is left.
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
  await makeFolder(folder);
  const written: string[] = [];
  try {
    for (const { file, state } of found) {
      if (state === "there") continue;
      const target = join(folder, file.path);
      await mkdir(dirname(target), { recursive: true });
      // wx: somebody can have made it since.
      await writeFile(target, file.content, { flag: "wx" });
      written.push(file.path);
    }
  } catch (error) {
    for (const path of written) await rm(join(folder, path), { force: true });
    throw error;
  }
  return written;
}

async function look(file: Artifact, folder: string): Promise<"missing" | "there" | "in the way"> {
  const target = join(folder, file.path);
  const stats = await lstat(target).catch(() => undefined);
  if (stats === undefined) return "missing";
  if (!stats.isFile()) return "in the way";
  return Buffer.from(file.content).equals(await readFile(target)) ? "there" : "in the way";
}
