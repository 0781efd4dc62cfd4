import { createHash } from "node:crypto";
import { buildBootSector, SERIAL_OFFSET } from "./boot-sector.ts";
import { checkCapacity, folderBytes } from "./capacity.ts";
import { type DirectoryItem, dotEntries, itemEntries, labelEntry } from "./directory.ts";
import { FloppyError } from "./errors.ts";
import { buildFat, type Extent } from "./fat.ts";
import {
  clusterOffset,
  clustersFor,
  FAT_COUNT,
  FAT_START,
  FIRST_CLUSTER,
  FLOPPY_BYTES,
  ROOT_START,
} from "./geometry.ts";
import { checkLabel, labelBytes } from "./label.ts";
import { assignShortNames } from "./short-names.ts";
import { buildTree, checkPaths, type FloppyFile, type FolderNode, type TreeNode } from "./tree.ts";

export { FloppyError } from "./errors.ts";
export { FLOPPY_BYTES } from "./geometry.ts";
export type { FloppyFile } from "./tree.ts";

/** What goes on a floppy. A label has 1 to 11 characters and is written in upper case. */
export type FloppyOptions = { readonly label: string; readonly files: readonly FloppyFile[] };

/**
 * The 1,474,560 bytes of a 3.5" floppy, FAT12 with long names, that hold `files`. The same label and files give the
 * same bytes whatever the order of the list. Throws a FloppyError that lists every fault found.
 */
export function buildFloppy(options: FloppyOptions): Uint8Array {
  const root = checkedTree(options);
  const label = labelBytes(options.label);
  const image = new Uint8Array(FLOPPY_BYTES);
  image.set(buildBootSector(label), 0);

  const writer: Writer = { image, extents: [], nextCluster: FIRST_CLUSTER };
  image.set(Buffer.concat([labelEntry(label), folderList(writer, root, 0)]), ROOT_START);

  const fat = buildFat(writer.extents);
  for (let copy = 0; copy < FAT_COUNT; copy++) image.set(fat, FAT_START + copy * fat.length);
  image.set(createHash("sha256").update(image).digest().subarray(0, 4), SERIAL_OFFSET);
  return image;
}

type Writer = { readonly image: Uint8Array; readonly extents: Extent[]; nextCluster: number };

function checkedTree(options: FloppyOptions): FolderNode {
  const pathIssues = checkPaths(options.files.map((file) => file.path));
  const root = pathIssues.length === 0 ? buildTree(options.files) : undefined;
  const capacityIssues = root === undefined ? [] : checkCapacity(root, options.files);
  const issues = [...checkLabel(options.label), ...pathIssues, ...capacityIssues];
  if (root === undefined || issues.length > 0) throw new FloppyError(issues);
  return root;
}

// Writes everything below the folder and returns its list, without "." and "..".
function folderList(writer: Writer, folder: FolderNode, ownCluster: number): Uint8Array {
  const shortNames = assignShortNames(folder.children.map((child) => child.name));
  const lists = folder.children.map((child, index) => {
    const shortName = shortNames[index];
    if (shortName === undefined) throw new Error(`floppy: no short name was made for ${child.name}`);
    return itemEntries({ ...writeNode(writer, child, ownCluster), longName: child.name, shortName });
  });
  return Buffer.concat(lists);
}

function writeNode(
  writer: Writer,
  node: TreeNode,
  parentCluster: number,
): Pick<DirectoryItem, "kind" | "cluster" | "bytes"> {
  if (node.kind === "file") {
    const cluster = allocate(writer, node.content.length);
    if (cluster !== 0) writer.image.set(node.content, clusterOffset(cluster));
    return { kind: "file", cluster, bytes: node.content.length };
  }
  const cluster = allocate(writer, folderBytes(node));
  const list = folderList(writer, node, cluster);
  writer.image.set(Buffer.concat([dotEntries(cluster, parentCluster), list]), clusterOffset(cluster));
  return { kind: "folder", cluster, bytes: 0 };
}

function allocate(writer: Writer, bytes: number): number {
  const count = clustersFor(bytes);
  if (count === 0) return 0;
  const first = writer.nextCluster;
  writer.extents.push({ first, count });
  writer.nextCluster += count;
  return first;
}
