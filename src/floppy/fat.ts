import { FAT_SECTORS, MEDIA_BYTE, SECTOR_BYTES } from "./geometry.ts";

/** A run of neighbouring clusters that belongs to one file or folder; `count` is at least 1. */
export type Extent = { readonly first: number; readonly count: number };

const END_OF_CHAIN = 0xfff;

/** One file allocation table in which every extent is a chain of its own. */
export function buildFat(extents: readonly Extent[]): Uint8Array {
  const fat = new Uint8Array(FAT_SECTORS * SECTOR_BYTES);
  setEntry(fat, 0, 0xf00 | MEDIA_BYTE);
  setEntry(fat, 1, END_OF_CHAIN);
  for (const { first, count } of extents) {
    const last = first + count - 1;
    for (let cluster = first; cluster < last; cluster++) setEntry(fat, cluster, cluster + 1);
    setEntry(fat, last, END_OF_CHAIN);
  }
  return fat;
}

// Two entries share three bytes: an even one has the low nibble of the middle byte, an odd one the high nibble.
function setEntry(fat: Uint8Array, cluster: number, value: number): void {
  const offset = Math.floor((cluster * 3) / 2);
  const low = fat[offset] ?? 0;
  const high = fat[offset + 1] ?? 0;
  if (cluster % 2 === 0) {
    fat[offset] = value & 0xff;
    fat[offset + 1] = (high & 0xf0) | (value >> 8);
  } else {
    fat[offset] = (low & 0x0f) | ((value & 0x0f) << 4);
    fat[offset + 1] = value >> 4;
  }
}
