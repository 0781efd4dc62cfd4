import { readlinkSync } from "node:fs";
import { join, resolve } from "node:path";

/** A name that is looked up in a folder on the way to a file. */
export interface Step {
  readonly folder: string;
  readonly name: string;
}

// As many as Linux follows.
const mostLinks = 40;

/**
 * The steps from the root to a file, links followed: whatever makes the path lead elsewhere changes one of these names in
 * one of these folders. Goes on by name where something is missing.
 */
export function pathSteps(file: string): readonly Step[] {
  const steps: Step[] = [];
  const rest = partsOf(resolve(file));
  let links = 0;
  for (let folder = "/"; rest.length > 0; ) {
    const name = rest.shift() ?? "";
    steps.push({ folder, name });
    const target = links < mostLinks ? readLink(join(folder, name)) : undefined;
    if (target === undefined) folder = join(folder, name);
    else {
      links += 1;
      rest.unshift(...partsOf(resolve(folder, target)));
      folder = "/";
    }
  }
  return steps;
}

function partsOf(path: string): string[] {
  return path.split("/").filter((part) => part !== "");
}

function readLink(path: string): string | undefined {
  try {
    return readlinkSync(path);
  } catch {
    // EINVAL: no link; ENOENT: nothing there.
    return undefined;
  }
}
