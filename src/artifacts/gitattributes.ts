import { generated } from "../contract/filenames.ts";
import type { Artifact } from "./artifact.ts";

/** Keeps git from changing line ends (batch files have CR LF, and the manifest holds hashes) and folds the files in reviews. */
export function renderGitattributes(): Artifact {
  const lines = ["* -text linguist-generated", `${generated.floppyImage} binary`];
  return { path: generated.gitattributes, content: `${lines.join("\n")}\n` };
}
