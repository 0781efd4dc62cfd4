import { checkPath, foldCase, quote } from "./names.ts";

/** One file for the floppy; `path` is "dir/sub/Name.ext" with forward slashes. */
export type FloppyFile = { readonly path: string; readonly content: Uint8Array };

/** A folder with its children sorted by name (by UTF-16 units, so that no locale has a say). */
export type FolderNode = {
  readonly kind: "folder";
  readonly name: string;
  readonly children: readonly TreeNode[];
};
/** A file at its place in the tree. */
export type FileNode = { readonly kind: "file"; readonly name: string; readonly content: Uint8Array };
export type TreeNode = FolderNode | FileNode;

/** Every impossible path and every pair of paths that cannot stand side by side, one line each. */
export function checkPaths(paths: readonly string[]): string[] {
  const sorted = [...paths].sort(compareText);
  return [...new Set([...sorted.flatMap(checkPath), ...checkCollisions(sorted)])];
}

/** The tree that `files` make, the same for every order of the list. Its paths have passed checkPaths. */
export function buildTree(files: readonly FloppyFile[]): FolderNode {
  const root: OpenFolder = new Map();
  for (const file of files) addFile(root, file);
  return closeFolder("", root);
}

type OpenFolder = Map<string, OpenFolder | Uint8Array>;
type Seen = { readonly spelling: string; readonly kind: "file" | "folder"; readonly path: string };

function checkCollisions(sortedPaths: readonly string[]): string[] {
  const seen = new Map<string, Seen>();
  const issues: string[] = [];
  for (const path of sortedPaths) {
    const components = path.split("/");
    for (let depth = 1; depth <= components.length; depth++) {
      const spelling = components.slice(0, depth).join("/");
      const kind = depth === components.length ? "file" : "folder";
      const key = foldCase(spelling);
      const other = seen.get(key);
      if (other === undefined) {
        seen.set(key, { spelling, kind, path });
        continue;
      }
      const issue = describeCollision({ spelling, kind, path }, other);
      if (issue === undefined) continue;
      issues.push(issue);
      break; // what lies deeper collides for the same reason
    }
  }
  return issues;
}

function describeCollision(one: Seen, other: Seen): string | undefined {
  const where = `file ${quote(one.path)}`;
  if (one.kind !== other.kind) {
    return (
      `${where}: ${quote(one.spelling)} is a ${one.kind} here and a ${other.kind} in ${quote(other.path)}; ` +
      "FAT ignores case and has one of the two; rename one"
    );
  }
  if (one.kind === "file" && one.spelling === other.spelling)
    return `${where}: given twice; keep one of them`;
  if (one.spelling === other.spelling) return undefined;
  return (
    `${where}: ${quote(one.spelling)} is the same ${one.kind} as ${quote(other.spelling)} to FAT, which ignores ` +
    `case (the other stands in ${quote(other.path)}); ${one.kind === "file" ? "rename one" : "spell it one way"}`
  );
}

function addFile(root: OpenFolder, file: FloppyFile): void {
  const components = file.path.split("/");
  const name = components.pop() ?? "";
  let folder = root;
  for (const component of components) {
    const next = folder.get(component);
    const child: OpenFolder = next instanceof Map ? next : new Map();
    folder.set(component, child);
    folder = child;
  }
  folder.set(name, file.content);
}

function closeFolder(name: string, open: OpenFolder): FolderNode {
  const children = [...open]
    .sort(([a], [b]) => compareText(a, b))
    .map(([childName, child]): TreeNode => {
      if (child instanceof Map) return closeFolder(childName, child);
      return { kind: "file", name: childName, content: child };
    });
  return { kind: "folder", name, children };
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
