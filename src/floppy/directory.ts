import { ENTRY_BYTES } from "./geometry.ts";
import { isShortName, type ShortName, shortNameBytes } from "./short-names.ts";

/** Something a folder lists: its names, its first cluster (0 for none) and its size (0 for a folder). */
export type DirectoryItem = {
  readonly kind: "file" | "folder";
  readonly longName: string;
  readonly shortName: ShortName;
  readonly cluster: number;
  readonly bytes: number;
};

const ATTRIBUTE_LABEL = 0x08;
const ATTRIBUTE_FOLDER = 0x10;
const ATTRIBUTE_ARCHIVE = 0x20;
const ATTRIBUTE_LONG_NAME = 0x0f;
const LONG_NAME_UNITS = 13;
const LAST_PIECE = 0x40;
// Where the 13 units of a piece stand in its 32 bytes.
const PIECE_OFFSETS = [1, 3, 5, 7, 9, 14, 16, 18, 20, 22, 24, 28, 30];
// 1 January 1980, 0:00, the first moment FAT can write. The image must not depend on when it is made, and an older
// time cannot make anything in Windows take the file for newer than its own.
const FIXED_DATE = (0 << 9) | (1 << 5) | 1;
const FIXED_TIME = 0;

/** Entries that "." and ".." take in every folder but the root. */
export const DOT_ENTRIES = 2;

/** How many entries of 32 bytes `longName` takes in its folder. */
export function entryCount(longName: string): number {
  return isShortName(longName) ? 1 : 1 + Math.ceil(longName.length / LONG_NAME_UNITS);
}

/** The entries of one file or folder: the pieces of its long name, last piece first, then the short entry. */
export function itemEntries(item: DirectoryItem): Uint8Array {
  const name = shortNameBytes(item.shortName);
  const pieces = isShortName(item.longName) ? [] : longNameEntries(item.longName, name);
  const attribute = item.kind === "folder" ? ATTRIBUTE_FOLDER : ATTRIBUTE_ARCHIVE;
  return concatenate([...pieces, shortEntry(name, attribute, item.cluster, item.bytes)]);
}

/** The entry that holds the label; `label` is eleven bytes. */
export function labelEntry(label: Uint8Array): Uint8Array {
  return shortEntry(label, ATTRIBUTE_LABEL, 0, 0);
}

/** The "." and ".." of a folder; a parent that is the root is written as cluster 0. */
export function dotEntries(ownCluster: number, parentCluster: number): Uint8Array {
  return concatenate([dotEntry(".", ownCluster), dotEntry("..", parentCluster)]);
}

/** The sum over a short name's eleven bytes by which a reader knows that a long name belongs to it. */
export function shortNameChecksum(name: Uint8Array): number {
  return name.reduce((sum, byte) => (((sum & 1) << 7) + (sum >> 1) + byte) & 0xff, 0);
}

function longNameEntries(longName: string, shortName: Uint8Array): Uint8Array[] {
  const checksum = shortNameChecksum(shortName);
  const pieceCount = Math.ceil(longName.length / LONG_NAME_UNITS);
  const entries: Uint8Array[] = [];
  for (let piece = pieceCount; piece >= 1; piece--) {
    const entry = new Uint8Array(ENTRY_BYTES);
    const view = new DataView(entry.buffer);
    entry[0] = piece | (piece === pieceCount ? LAST_PIECE : 0);
    entry[11] = ATTRIBUTE_LONG_NAME;
    entry[13] = checksum;
    for (const [index, offset] of PIECE_OFFSETS.entries()) {
      view.setUint16(offset, unitAt(longName, (piece - 1) * LONG_NAME_UNITS + index), true);
    }
    entries.push(entry);
  }
  return entries;
}

// After the name stands one zero, then FFFF; a name that fills its last piece has neither.
function unitAt(longName: string, index: number): number {
  if (index < longName.length) return longName.charCodeAt(index);
  return index === longName.length ? 0 : 0xffff;
}

function dotEntry(name: string, cluster: number): Uint8Array {
  return shortEntry(Buffer.from(name.padEnd(11), "latin1"), ATTRIBUTE_FOLDER, cluster, 0);
}

function shortEntry(name: Uint8Array, attribute: number, cluster: number, bytes: number): Uint8Array {
  const entry = new Uint8Array(ENTRY_BYTES);
  const view = new DataView(entry.buffer);
  entry.set(name, 0);
  entry[11] = attribute;
  view.setUint16(14, FIXED_TIME, true); // created
  view.setUint16(16, FIXED_DATE, true);
  view.setUint16(18, FIXED_DATE, true); // read
  view.setUint16(22, FIXED_TIME, true); // written
  view.setUint16(24, FIXED_DATE, true);
  view.setUint16(26, cluster, true);
  view.setUint32(28, bytes, true);
  return entry;
}

function concatenate(parts: readonly Uint8Array[]): Uint8Array {
  return Uint8Array.from(Buffer.concat(parts));
}
