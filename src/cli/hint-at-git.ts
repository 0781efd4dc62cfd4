import { commandToTrack, findUntracked } from "../inputs/git.ts";
import { remark } from "./report.ts";

/** Says so where git does not know what was generated, or ignores it: a flake does not see it then. */
export async function hintAtGit(
  outDir: string,
  artifacts: readonly { readonly path: string }[],
): Promise<void> {
  const paths = artifacts.map(({ path }) => path);
  const untracked = await findUntracked(outDir, paths);
  if (untracked === undefined) return;
  const { folder, isIgnored } = untracked;
  const what = isIgnored ? `ignores files of ${folder}` : `does not know ${folder} yet`;
  remark(`git ${what}, and a flake sees only what git knows; run: ${commandToTrack(untracked)}`);
}
