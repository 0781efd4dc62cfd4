import { DOT_ENTRIES, entryCount } from "./directory.ts";
import { CLUSTER_BYTES, CLUSTER_COUNT, clustersFor, ENTRY_BYTES, ROOT_ENTRIES } from "./geometry.ts";
import { quote } from "./names.ts";
import type { FloppyFile, FolderNode, TreeNode } from "./tree.ts";

const SHOWN_FILES = 5;

/** The bytes that a folder below the root takes for its list. */
export function folderBytes(folder: FolderNode): number {
  return (DOT_ENTRIES + countEntries(folder)) * ENTRY_BYTES;
}

/** Says, one line each, what of the tree does not fit on the floppy; `files` are those the tree was made of. */
export function checkCapacity(root: FolderNode, files: readonly FloppyFile[]): string[] {
  const issues: string[] = [];
  const rootEntries = countEntries(root) + 1;
  if (rootEntries > ROOT_ENTRIES) {
    issues.push(
      `floppy: too many names in the root folder, got ${rootEntries} entries for ${root.children.length} names and ` +
        `the label; at most ${ROOT_ENTRIES} (a name beyond the upper-case 8.3 form takes one more for every 13 ` +
        "characters); move files into a folder",
    );
  }
  const clusters = root.children.reduce((sum, child) => sum + treeClusters(child), 0);
  if (clusters > CLUSTER_COUNT) {
    issues.push(
      `floppy: too much content, got ${clusters} clusters (${grouped(clusters * CLUSTER_BYTES)} bytes, whole ` +
        `clusters of ${CLUSTER_BYTES} and folders counted); at most ${CLUSTER_COUNT} clusters ` +
        `(${grouped(CLUSTER_COUNT * CLUSTER_BYTES)} bytes); the largest files are ${largestFiles(files)}; ` +
        "move some of them to another medium",
    );
  }
  return issues;
}

function countEntries(folder: FolderNode): number {
  return folder.children.reduce((sum, child) => sum + entryCount(child.name), 0);
}

function treeClusters(node: TreeNode): number {
  if (node.kind === "file") return clustersFor(node.content.length);
  return node.children.reduce((sum, child) => sum + treeClusters(child), clustersFor(folderBytes(node)));
}

function largestFiles(files: readonly FloppyFile[]): string {
  return [...files]
    .sort((a, b) => b.content.length - a.content.length || (a.path < b.path ? -1 : 1))
    .slice(0, SHOWN_FILES)
    .map((file) => `${quote(file.path)} (${grouped(file.content.length)} bytes)`)
    .join(", ");
}

// 1457664 -> "1,457,664", the same in every locale.
function grouped(value: number): string {
  return String(value).replace(/\B(?=(?:\d{3})+$)/g, ",");
}
