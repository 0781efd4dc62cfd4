import { findUntracked } from "../inputs/git.ts";
import { remark } from "./report.ts";

/** Says so where git does not know what was generated: a flake does not see it then. */
export async function hintAtGit(outDir: string): Promise<void> {
  const untracked = await findUntracked(outDir);
  if (untracked === undefined) return;
  remark(
    `git does not know ${untracked} yet, and a flake sees only what git knows; run: git add --intent-to-add ${untracked}`,
  );
}
