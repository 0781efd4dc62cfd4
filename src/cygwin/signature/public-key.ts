import { createHash, createPublicKey, type KeyObject } from "node:crypto";
import { malformed, readNumbers, splitPackets } from "./packets.ts";

/** A public key of OpenPGP, ready to check signatures with. */
export interface PublicKey {
  /** 40 hexadecimal digits, upper case. */
  readonly fingerprint: string;
  readonly kind: "rsa" | "dsa";
  readonly key: KeyObject;
  /** Bytes of an RSA signature, or of each of DSA's two numbers. */
  readonly numberBytes: number;
}

/** The RSA and DSA keys of an exported key file (`gpg --export`, armoured or not); others are left out. */
export function parseKeys(file: Uint8Array): readonly PublicKey[] {
  return splitPackets(file)
    .filter(({ tag }) => tag === publicKeyTag || tag === publicSubkeyTag)
    .flatMap(({ body }) => parseKey(body));
}

const publicKeyTag = 6;
const publicSubkeyTag = 14;

// Version 4: a byte of version, four of time, one of algorithm, then the numbers (RFC 4880, section 5.5.2).
function parseKey(body: Buffer): PublicKey[] {
  if (body.length < 6) throw malformed("a key is cut off");
  if (body[0] !== 4) return [];
  const length = Buffer.alloc(2);
  length.writeUInt16BE(body.length);
  const fingerprint = createHash("sha1")
    .update(Buffer.concat([Buffer.from([0x99]), length, body]))
    .digest("hex")
    .toUpperCase();
  const numbers = body.subarray(6);
  if (body[5] === 1 || body[5] === 3) return [{ fingerprint, ...rsaKey(numbers) }];
  if (body[5] === 17) return [{ fingerprint, ...dsaKey(numbers) }];
  return [];
}

function rsaKey(bytes: Buffer): Omit<PublicKey, "fingerprint"> {
  const [n = Buffer.alloc(0), e = Buffer.alloc(0)] = readNumbers(bytes, 2);
  const jwk = { kty: "RSA", n: n.toString("base64url"), e: e.toString("base64url") };
  return { kind: "rsa", key: createPublicKey({ key: jwk, format: "jwk" }), numberBytes: n.length };
}

// Node takes DSA as SubjectPublicKeyInfo only (RFC 3279, section 2.3.2).
function dsaKey(bytes: Buffer): Omit<PublicKey, "fingerprint"> {
  const [p, q, g, y] = readNumbers(bytes, 4).map(derInteger);
  if (p === undefined || q === undefined || g === undefined || y === undefined)
    throw malformed("a key is cut off");
  const algorithm = der(0x30, dsaObjectId, der(0x30, p, q, g));
  const info = der(0x30, algorithm, der(0x03, Buffer.from([0]), y));
  const [, order = Buffer.alloc(0)] = readNumbers(bytes, 2);
  return {
    kind: "dsa",
    key: createPublicKey({ key: info, format: "der", type: "spki" }),
    numberBytes: order.length,
  };
}

// 1.2.840.10040.4.1
const dsaObjectId = Buffer.from("06072a8648ce380401", "hex");

function derInteger(number: Buffer): Buffer {
  const isNegative = ((number[0] ?? 0) & 0x80) !== 0;
  return der(0x02, isNegative ? Buffer.concat([Buffer.from([0]), number]) : number);
}

function der(tag: number, ...parts: readonly Buffer[]): Buffer {
  const content = Buffer.concat(parts);
  const length =
    content.length < 0x80
      ? [content.length]
      : content.length < 0x100
        ? [0x81, content.length]
        : [0x82, content.length >> 8, content.length & 0xff];
  return Buffer.concat([Buffer.from([tag, ...length]), content]);
}
