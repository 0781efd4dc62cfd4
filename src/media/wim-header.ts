/** The header of a WIM, ESD or part of a split WIM, and of it what is needed to find the XML that describes the images. */
export interface WimHeader {
  readonly imageCount: number;
  readonly part: number;
  readonly parts: number;
  /** Where the XML stands in the file, in bytes. */
  readonly xml: { readonly offset: number; readonly bytes: number };
}

export const wimHeaderBytes = 208;

/** What every WIM begins with. */
export const wimMagic = Buffer.from("MSWIM\0\0\0", "latin1");

/** More is no description of images: media with eleven of them have 40 KB. */
const maximumXmlBytes = 4 << 20;

/** Reads a WIM's header (Microsoft, "Windows Imaging File Format"; wimlib's wim.h agrees), or returns why it is none. */
export function parseWimHeader(bytes: Buffer): WimHeader | string {
  if (bytes.length < wimHeaderBytes) return `its header has ${bytes.length} bytes, not ${wimHeaderBytes}`;
  if (!bytes.subarray(0, 8).equals(wimMagic)) return "it does not begin as a WIM does";
  if (bytes.readUInt32LE(8) !== wimHeaderBytes) return `its header says ${bytes.readUInt32LE(8)} bytes`;
  const flags = bytes.readUInt8(79);
  const offset = bytes.readBigUInt64LE(80);
  const size = bytes.readBigUInt64LE(88);
  // A resource's flag 0x04 is compression. The XML never is (wimlib refuses it, too).
  if ((flags & 0x04) !== 0) return "its description is compressed";
  if (size < 2n || size > BigInt(maximumXmlBytes)) return `its description has ${size} bytes`;
  if (offset < BigInt(wimHeaderBytes) || offset > BigInt(Number.MAX_SAFE_INTEGER - maximumXmlBytes)) {
    return `its description is said to stand at ${offset}`;
  }
  return {
    part: bytes.readUInt16LE(40),
    parts: bytes.readUInt16LE(42),
    imageCount: bytes.readUInt32LE(44),
    xml: { offset: Number(offset), bytes: Number(size) },
  };
}
