import { open } from "node:fs/promises";
import { wimMagic } from "./wim-header.ts";

const sectorBytes = 2048;
const chunkBytes = 4 << 20;

/**
 * Where a WIM with this header begins in an ISO, in bytes, or undefined. Files of ISO 9660 and UDF begin at a sector, so
 * one look at each is enough: 5 GB take one to three seconds, and the search ends at the first hit.
 */
export async function findWim(iso: string, header: Buffer): Promise<number | undefined> {
  const handle = await open(iso, "r");
  try {
    const chunk = Buffer.alloc(chunkBytes);
    for (let position = 0; ; position += chunkBytes) {
      const { bytesRead } = await handle.read(chunk, 0, chunkBytes, position);
      for (let at = 0; at + header.length <= bytesRead; at += sectorBytes) {
        if (chunk.readUInt32LE(at) !== magicNumber) continue;
        if (chunk.subarray(at, at + header.length).equals(header)) return position + at;
      }
      if (bytesRead < chunkBytes) return undefined;
    }
  } finally {
    await handle.close();
  }
}

const magicNumber = wimMagic.readUInt32LE(0);

/** These bytes of the ISO, or fewer where it ends. */
export async function readIso(iso: string, from: number, bytes: number): Promise<Buffer> {
  const handle = await open(iso, "r");
  try {
    const buffer = Buffer.alloc(bytes);
    const { bytesRead } = await handle.read(buffer, 0, bytes, from);
    return buffer.subarray(0, bytesRead);
  } finally {
    await handle.close();
  }
}
