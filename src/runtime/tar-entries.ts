/** One member of a tar, as it will be made on disk. */
export interface TarEntry {
  /** Relative, with forward slashes, without "." or empty parts; empty for the archive's own top folder. */
  readonly path: string;
  readonly mode: number;
  readonly mtimeSeconds: number;
  readonly what:
    | { readonly kind: "file"; readonly size: number }
    | { readonly kind: "folder" }
    /** Target as it stands; it may be absolute, as links into the store are. */
    | { readonly kind: "symlink"; readonly target: string }
    /** Target is a path inside the archive. */
    | { readonly kind: "hardlink"; readonly target: string };
}

/** What a tar's header says of the member that follows: a member, a longer name for the next one, or the archive's end. */
export type TarHeader =
  | { readonly kind: "entry"; readonly entry: TarEntry }
  | { readonly kind: "extension"; readonly type: "L" | "K" | "x" | "g"; readonly size: number }
  | { readonly kind: "end" };

/** Names that an extension header gave to the member after it. */
export interface TarOverrides {
  readonly path?: string;
  readonly linkPath?: string;
  readonly size?: number;
  readonly mtimeSeconds?: number;
}

/** A tar that is damaged or that asks for something outside its own folder; the message names the member. */
export class TarError extends Error {
  override readonly name = "TarError";
}

export const blockBytes = 512;

/**
 * Reads one 512-byte header of a ustar, GNU or pax archive. Refuses by name: absolute paths, "..", device nodes, fifos and
 * every other type than files, folders and links; a wrong checksum means that the archive is damaged.
 */
export function parseTarHeader(block: Uint8Array, overrides: TarOverrides = {}): TarHeader {
  const bytes = Buffer.from(block.buffer, block.byteOffset, block.byteLength);
  if (bytes.every((byte) => byte === 0)) return { kind: "end" };
  checkSum(bytes);
  const type = String.fromCharCode(bytes[156] ?? 0);
  const size = overrides.size ?? readNumber(bytes, 124, 12);
  if (type === "L" || type === "K" || type === "x" || type === "g") {
    return { kind: "extension", type, size: readNumber(bytes, 124, 12) };
  }
  const raw = overrides.path ?? readName(bytes);
  const path = safePath(raw, raw);
  const common = {
    path,
    mode: readNumber(bytes, 100, 8) & 0o7777,
    mtimeSeconds: overrides.mtimeSeconds ?? readNumber(bytes, 136, 12),
  };
  const link = overrides.linkPath ?? readText(bytes, 157, 100);
  const entry = (what: TarEntry["what"]): TarHeader => ({ kind: "entry", entry: { ...common, what } });
  switch (type) {
    case "\0":
    case "0":
    case "7":
      return raw.endsWith("/") ? entry({ kind: "folder" }) : entry({ kind: "file", size });
    case "1":
      return entry({ kind: "hardlink", target: safePath(link, raw) });
    case "2":
      return entry({ kind: "symlink", target: link });
    case "5":
      return entry({ kind: "folder" });
    default:
      throw new TarError(
        `${quoted(raw)}: is not a file, folder or link, got tar type ${JSON.stringify(type)}; a result can hold nothing else`,
      );
  }
}

/** Reads the body of an extension header: GNU's long name or link, or pax records ("LENGTH KEY=VALUE\n"). */
export function parseTarExtension(type: "L" | "K" | "x" | "g", body: Uint8Array): TarOverrides {
  const bytes = Buffer.from(body.buffer, body.byteOffset, body.byteLength);
  if (type === "L") return { path: readText(bytes, 0, bytes.length) };
  if (type === "K") return { linkPath: readText(bytes, 0, bytes.length) };
  const found: { path?: string; linkPath?: string; size?: number; mtimeSeconds?: number } = {};
  for (let at = 0; at < bytes.length; ) {
    const space = bytes.indexOf(0x20, at);
    const length = space < 0 ? Number.NaN : Number(bytes.toString("latin1", at, space));
    if (!Number.isSafeInteger(length) || length <= space - at || at + length > bytes.length) {
      throw new TarError("the archive is damaged: a pax record has no valid length");
    }
    const record = bytes.toString("utf8", space + 1, at + length - 1);
    const equals = record.indexOf("=");
    const value = record.slice(equals + 1);
    const key = record.slice(0, equals);
    if (key === "path") found.path = value;
    else if (key === "linkpath") found.linkPath = value;
    else if (key === "size") found.size = Number(value);
    else if (key === "mtime") found.mtimeSeconds = Math.floor(Number(value));
    else if (key.startsWith("GNU.sparse.")) throw new TarError("sparse members are not supported");
    at += length;
  }
  return found;
}

/** The path without "." and doubled slashes; throws for one that leaves the folder it is unpacked in. */
function safePath(path: string, member: string): string {
  const of = path === member ? "" : ` (link to ${quoted(path)})`;
  if (path === "" || path.startsWith("/")) {
    throw new TarError(`${quoted(member)}${of}: a path in a result has to be relative`);
  }
  const parts = path.split("/").filter((part) => part !== "" && part !== ".");
  if (parts.includes("..")) throw new TarError(`${quoted(member)}${of}: leaves the result's folder by ".."`);
  if (path.includes("\0")) throw new TarError(`${quoted(member)}: has a NUL in its name`);
  return parts.join("/");
}

function readName(bytes: Buffer): string {
  const name = readText(bytes, 0, 100);
  // "ustar\0" has a prefix field; GNU's "ustar " uses the place for other things.
  const prefix = bytes.toString("latin1", 257, 263) === "ustar\0" ? readText(bytes, 345, 155) : "";
  return prefix === "" ? name : `${prefix}/${name}`;
}

function readText(bytes: Buffer, at: number, length: number): string {
  const end = bytes.indexOf(0, at);
  return bytes.toString("utf8", at, end < 0 || end > at + length ? at + length : end);
}

/** Octal digits, or GNU's base 256 where the first bit is set. */
function readNumber(bytes: Buffer, at: number, length: number): number {
  const first = bytes[at] ?? 0;
  if (first >= 0x80) {
    let value = first === 0xff ? -1n : BigInt(first & 0x7f);
    for (const byte of bytes.subarray(at + 1, at + length)) value = value * 256n + BigInt(byte);
    return Number(value);
  }
  const text = readText(bytes, at, length).trim();
  if (!/^[0-7]*$/.test(text)) throw new TarError("the archive is damaged: a header has no valid number");
  return text === "" ? 0 : Number.parseInt(text, 8);
}

function checkSum(bytes: Buffer): void {
  let sum = 0;
  for (const [index, byte] of bytes.entries()) sum += index >= 148 && index < 156 ? 0x20 : byte;
  if (readNumber(bytes, 148, 8) !== sum) {
    throw new TarError("the archive is damaged: a header's checksum is wrong");
  }
}

function quoted(name: string): string {
  return JSON.stringify(name.length > 200 ? `${name.slice(0, 200)}…` : name);
}
