import { createHash } from "node:crypto";
import { lstatSync, readFileSync } from "node:fs";
import { join } from "node:path";

/**
 * What stands at a path of the output folder. `blocked`: a symbolic link or a folder, or a link or a file above it;
 * casement does not follow links inside its folder.
 */
export type Found = { readonly hash: string } | "missing" | "blocked";

/** Looks at a path without following links below the folder. */
export function lookAt(outDir: string, path: string): Found {
  const parts = path.split("/");
  for (let depth = 1; depth <= parts.length; depth++) {
    const stats = lstatSync(join(outDir, ...parts.slice(0, depth)), { throwIfNoEntry: false });
    if (stats === undefined) return "missing";
    const fits = depth === parts.length ? stats.isFile() : stats.isDirectory();
    if (!fits) return "blocked";
  }
  return { hash: hash(readFileSync(join(outDir, path))) };
}

/** SHA-256 in hexadecimal. */
export function hash(content: Uint8Array | string): string {
  return createHash("sha256").update(content).digest("hex");
}
