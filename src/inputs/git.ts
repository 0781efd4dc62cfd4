import { ToolError } from "../errors.ts";
import { formatCommand } from "../process/command.ts";
import { run } from "../process/run.ts";

/**
 * The folder as a word for a shell when git has a work tree there in which the folder has untracked files that are not
 * ignored; undefined otherwise, and where there is no git.
 */
export async function findUntracked(folder: string): Promise<string | undefined> {
  try {
    const args = ["-C", folder, "ls-files", "--others", "--exclude-standard", "--directory", "."];
    const { stdout } = await run({ file: "git", args }, { timeoutMs: 5000 });
    return stdout.trim() === "" ? undefined : formatCommand({ file: folder, args: [] });
  } catch (error) {
    if (error instanceof ToolError) return undefined;
    throw error;
  }
}
