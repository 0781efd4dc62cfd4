import { ToolError } from "../errors.ts";
import { formatCommand } from "../process/command.ts";
import { run } from "../process/run.ts";

/** A generated folder of which git does not know every file. */
export interface Untracked {
  /** As a word for a shell. */
  readonly folder: string;
  /** git would not take them either: a .gitignore, or a list of the user's own, leaves them out. */
  readonly isIgnored: boolean;
}

/** What git does not know of the files (paths in the folder); undefined where it knows all, and where there is no work tree or no git. */
export async function findUntracked(
  folder: string,
  paths: readonly string[],
): Promise<Untracked | undefined> {
  const word = formatCommand({ file: folder, args: [] });
  const untracked = await git(folder, ["ls-files", "--others", "--exclude-standard", "--directory", "."]);
  if (untracked === undefined) return undefined;
  // What is tracked counts as not ignored, whatever the patterns say.
  if ((await git(folder, ["check-ignore", "--", ...paths])) !== undefined)
    return { folder: word, isIgnored: true };
  return untracked === "" ? undefined : { folder: word, isIgnored: false };
}

/** What to run, so that a flake sees the folder. */
export function commandToTrack({ folder, isIgnored }: Untracked): string {
  return `git add --intent-to-add ${isIgnored ? "--force " : ""}${folder}`;
}

/** Undefined where git fails, which check-ignore does when it has nothing to tell. */
async function git(folder: string, args: readonly string[]): Promise<string | undefined> {
  try {
    return (await run({ file: "git", args: ["-C", folder, ...args] }, { timeoutMs: 5000 })).stdout.trim();
  } catch (error) {
    if (error instanceof ToolError) return undefined;
    throw error;
  }
}
