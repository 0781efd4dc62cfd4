// The one format a 3.5" high-density drive, its BIOS tables and every Windows since NT 4 agree on. Windows XP's text
// mode reads nothing else from a floppy, so none of these numbers is an option.

/** Bytes in a sector. */
export const SECTOR_BYTES = 512;
/** Sectors on one side of one track. */
export const SECTORS_PER_TRACK = 18;
/** Sides of the disk. */
export const HEADS = 2;
/** Tracks on each side. */
const TRACKS = 80;
/** Sectors on the disk: 2,880. */
export const TOTAL_SECTORS = SECTORS_PER_TRACK * HEADS * TRACKS;
/** Bytes of the whole image: 1,474,560. */
export const FLOPPY_BYTES = TOTAL_SECTORS * SECTOR_BYTES;

/** Says "3.5 inch, 18 sectors a track"; it stands in the boot sector and in the first byte of both FATs. */
export const MEDIA_BYTE = 0xf0;
/** Sectors before the first FAT: the boot sector alone. */
export const RESERVED_SECTORS = 1;
/** Copies of the FAT. */
export const FAT_COUNT = 2;
/** Sectors of one FAT: room for 3,072 entries of 12 bits. */
export const FAT_SECTORS = 9;
/** Bytes of one entry in a folder. */
export const ENTRY_BYTES = 32;
/** Entries that the root folder has room for, the label and the pieces of long names included. */
export const ROOT_ENTRIES = 224;
/** Sectors of a cluster, the unit in which space is given to files. */
export const SECTORS_PER_CLUSTER = 1;
/** Bytes of a cluster. */
export const CLUSTER_BYTES = SECTORS_PER_CLUSTER * SECTOR_BYTES;
/** The number of the first cluster: FAT entries 0 and 1 describe the medium. */
export const FIRST_CLUSTER = 2;

/** Byte at which the first FAT starts. */
export const FAT_START = RESERVED_SECTORS * SECTOR_BYTES;
/** Byte at which the root folder starts. */
export const ROOT_START = FAT_START + FAT_COUNT * FAT_SECTORS * SECTOR_BYTES;
/** Byte at which cluster 2 starts. */
export const DATA_START = ROOT_START + ROOT_ENTRIES * ENTRY_BYTES;
/** Clusters that files and folders share: 2,847. */
export const CLUSTER_COUNT = (FLOPPY_BYTES - DATA_START) / CLUSTER_BYTES;

/** The byte at which `cluster` (2 or more) starts in the image. */
export function clusterOffset(cluster: number): number {
  return DATA_START + (cluster - FIRST_CLUSTER) * CLUSTER_BYTES;
}

/** How many clusters `bytes` take; none for an empty file. */
export function clustersFor(bytes: number): number {
  return Math.ceil(bytes / CLUSTER_BYTES);
}
