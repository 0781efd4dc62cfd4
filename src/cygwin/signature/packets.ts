import { ToolError } from "../../errors.ts";

/** One packet of an OpenPGP file (RFC 4880, section 4). */
export interface Packet {
  readonly tag: number;
  readonly body: Buffer;
}

/** Splits an OpenPGP file, armoured or not, into packets. Throws ToolError for anything else. */
export function splitPackets(file: Uint8Array): Packet[] {
  const bytes = withoutArmour(Buffer.from(file.buffer, file.byteOffset, file.byteLength));
  const packets: Packet[] = [];
  let at = 0;
  while (at < bytes.length) {
    const { tag, start, end } = readHeader(bytes, at);
    if (end > bytes.length) throw malformed("a packet is cut off");
    packets.push({ tag, body: bytes.subarray(start, end) });
    at = end;
  }
  return packets;
}

/** The error for a file that is no OpenPGP, or of a kind that casement does not read. */
export function malformed(reason: string): ToolError {
  return new ToolError(`not an OpenPGP key or signature that casement can read: ${reason}`);
}

/** Numbers of the length that each says in bits, from the start of these bytes. */
export function readNumbers(bytes: Buffer, count: number): Buffer[] {
  const numbers: Buffer[] = [];
  let at = 0;
  while (numbers.length < count) {
    if (at + 2 > bytes.length) throw malformed("a number is cut off");
    const end = at + 2 + ((bytes.readUInt16BE(at) + 7) >> 3);
    if (end > bytes.length) throw malformed("a number is cut off");
    numbers.push(bytes.subarray(at + 2, end));
    at = end;
  }
  return numbers;
}

function readHeader(bytes: Buffer, at: number): { tag: number; start: number; end: number } {
  const first = bytes[at] ?? 0;
  if ((first & 0x80) === 0) throw malformed("a packet does not start as one");
  try {
    if ((first & 0x40) !== 0) {
      const { length, size } = newLength(bytes, at + 1);
      return { tag: first & 0x3f, start: at + 1 + size, end: at + 1 + size + length };
    }
    const size = [1, 2, 4][first & 3];
    if (size === undefined) throw malformed("a packet of unknown length");
    const start = at + 1 + size;
    return { tag: (first >> 2) & 0xf, start, end: start + bytes.readUIntBE(at + 1, size) };
  } catch (error) {
    if (error instanceof RangeError) throw malformed("a packet is cut off");
    throw error;
  }
}

/** A length as new packets and subpackets write it; `size` is the number of bytes that it takes. */
export function newLength(bytes: Buffer, at: number): { readonly length: number; readonly size: number } {
  const first = bytes.readUInt8(at);
  if (first < 192) return { length: first, size: 1 };
  if (first < 224) return { length: ((first - 192) << 8) + bytes.readUInt8(at + 1) + 192, size: 2 };
  if (first === 255) return { length: bytes.readUInt32BE(at + 1), size: 5 };
  throw malformed("a packet in parts");
}

function withoutArmour(bytes: Buffer): Buffer {
  if (((bytes[0] ?? 0) & 0x80) !== 0) return bytes;
  const text = bytes.toString("latin1");
  const blocks = [...text.matchAll(/^-----BEGIN PGP [A-Z ]+-----\r?\n([\s\S]*?)^-----END PGP/gm)];
  if (blocks.length === 0) throw malformed("neither packets nor armour");
  // Headers end with a blank line; a line that starts with = is a checksum.
  const bodies = blocks.map(([, block = ""]) =>
    Buffer.from(block.replace(/^(?:[\s\S]*?\r?\n)?\r?\n/, "").replace(/^=.{4}\s*$/m, ""), "base64"),
  );
  return Buffer.concat(bodies);
}
