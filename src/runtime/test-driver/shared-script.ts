import { lstat, mkdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { xchg } from "../../contract/filenames.ts";
import { ToolError } from "../../errors.ts";

/**
 * Lays a script where a session finds it, in the folder that all nodes of a test share; returns its name in xchg/run. Nodes may leave
 * links there that lead anywhere on this machine, and none is followed. Throws ToolError where one stands in the folder's place.
 */
export async function writeSharedScript(shared: string, name: string, script: string): Promise<string> {
  const folder = join(shared, xchg.run);
  const found = await lstat(folder).catch(() => undefined);
  if (found !== undefined && !found.isDirectory()) {
    throw new ToolError(
      `${folder}: a ${found.isSymbolicLink() ? "link" : "file"}, and no folder; a node of the test has made it`,
      {
        hint: `\`${xchg.run}\` in the folder that all nodes share is Casement's: let the test use another name.`,
      },
    );
  }
  await mkdir(folder, { recursive: true });
  const file = join(folder, name);
  await rm(file, { recursive: true, force: true });
  await writeFile(file, script, { flag: "wx" });
  return name;
}
