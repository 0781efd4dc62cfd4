import { verify } from "node:crypto";
import { ToolError } from "../../errors.ts";
import { malformed, newLength, readNumbers, splitPackets } from "./packets.ts";
import type { PublicKey } from "./public-key.ts";

/**
 * Checks a detached OpenPGP signature over these bytes and returns the fingerprint of the key that made it. Throws
 * ToolError when the signature is wrong, is of no key among these, or is of a kind that casement does not read. Like
 * setup, it asks neither when a key ends nor whether it was revoked.
 */
export function verifySignature(
  content: Uint8Array,
  signatureFile: Uint8Array,
  keys: readonly PublicKey[],
): string {
  const signatures = splitPackets(signatureFile)
    .filter(({ tag }) => tag === signatureTag)
    .map(({ body }) => parseSignature(body));
  if (signatures.length === 0) throw malformed("it holds no signature");
  for (const signature of signatures) {
    const key = keys.find(({ fingerprint }) => fingerprint.endsWith(signature.keyId));
    if (key === undefined) continue;
    if (isRight(content, signature, key)) return key.fingerprint;
    throw new ToolError(`the signature of key ${key.fingerprint} is wrong: the content was changed`);
  }
  const ids = signatures.map(({ keyId }) => keyId).join(", ");
  throw new ToolError(`signed by a key that is not known here: ${ids}`);
}

const signatureTag = 2;

interface Signature {
  /** The last 16 digits of the key's fingerprint. */
  readonly keyId: string;
  readonly algorithm: number;
  readonly hash: string;
  /** What is hashed behind the content. */
  readonly trailer: Buffer;
  readonly numbers: Buffer;
}

function parseSignature(body: Buffer): Signature {
  try {
    if (body[0] === 3) return parseVersion3(body);
    if (body[0] === 4) return parseVersion4(body);
  } catch (error) {
    if (error instanceof RangeError) throw malformed("a signature is cut off");
    throw error;
  }
  throw malformed(`a signature of version ${body[0]}`);
}

// RFC 4880, section 5.2.2.
function parseVersion3(body: Buffer): Signature {
  requireBinary(body.readUInt8(2));
  return {
    keyId: body.subarray(7, 15).toString("hex").toUpperCase(),
    algorithm: body.readUInt8(15),
    hash: hashName(body.readUInt8(16)),
    trailer: body.subarray(2, 7),
    numbers: body.subarray(19),
  };
}

// RFC 4880, sections 5.2.3 and 5.2.4.
function parseVersion4(body: Buffer): Signature {
  requireBinary(body.readUInt8(1));
  const hashedEnd = 6 + body.readUInt16BE(4);
  const unhashedEnd = hashedEnd + 2 + body.readUInt16BE(hashedEnd);
  const subpackets = [
    ...splitSubpackets(body.subarray(6, hashedEnd)),
    ...splitSubpackets(body.subarray(hashedEnd + 2, unhashedEnd)),
  ];
  const issuer = subpackets.find(({ kind }) => kind === issuerKind);
  const issuerFingerprint = subpackets.find(({ kind }) => kind === issuerFingerprintKind);
  const keyId = issuer?.content ?? issuerFingerprint?.content.subarray(-8);
  if (keyId === undefined) throw malformed("a signature does not say of which key it is");
  const end = Buffer.from([4, 0xff, 0, 0, 0, 0]);
  end.writeUInt32BE(hashedEnd, 2);
  return {
    keyId: keyId.toString("hex").toUpperCase(),
    algorithm: body.readUInt8(2),
    hash: hashName(body.readUInt8(3)),
    trailer: Buffer.concat([body.subarray(0, hashedEnd), end]),
    numbers: body.subarray(unhashedEnd + 2),
  };
}

const issuerKind = 16;
const issuerFingerprintKind = 33;

function splitSubpackets(bytes: Buffer): { kind: number; content: Buffer }[] {
  const found: { kind: number; content: Buffer }[] = [];
  for (let at = 0; at < bytes.length; ) {
    const { length, size } = newLength(bytes, at);
    if (length === 0) throw malformed("an empty part of a signature");
    const start = at + size;
    found.push({ kind: bytes.readUInt8(start) & 0x7f, content: bytes.subarray(start + 1, start + length) });
    at = start + length;
  }
  return found;
}

function requireBinary(type: number): void {
  if (type !== 0) throw malformed("the signature is not over a file as it is");
}

function hashName(id: number): string {
  const name = hashes.get(id);
  if (name === undefined) throw malformed(`a signature with hash number ${id}`);
  return name;
}

// RFC 4880, section 9.4; MD5 is left out on purpose.
const hashes: ReadonlyMap<number, string> = new Map([
  [2, "sha1"],
  [8, "sha256"],
  [9, "sha384"],
  [10, "sha512"],
]);

function isRight(content: Uint8Array, signature: Signature, key: PublicKey): boolean {
  const signed = Buffer.concat([content, signature.trailer]);
  const isRsa = signature.algorithm === 1 || signature.algorithm === 3;
  if (isRsa !== (key.kind === "rsa")) throw malformed("a signature of another kind than its key");
  const numbers = readNumbers(signature.numbers, isRsa ? 1 : 2).map((number) => pad(number, key.numberBytes));
  return verify(
    signature.hash,
    signed,
    isRsa ? key.key : { key: key.key, dsaEncoding: "ieee-p1363" },
    Buffer.concat(numbers),
  );
}

function pad(number: Buffer, bytes: number): Buffer {
  return Buffer.concat([Buffer.alloc(Math.max(0, bytes - number.length)), number]);
}
