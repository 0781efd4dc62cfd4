import { type FileHandle, open, stat } from "node:fs/promises";
import { mediumFault } from "./fault.ts";

/** What the first sectors of an ISO say. */
export interface Volume {
  readonly label: string;
  readonly bytes: number;
  /** Windows 7 and later: the whole tree is in UDF, and ISO 9660 holds a text that says so. */
  readonly udf: boolean;
}

const sectorBytes = 2048;
/** ECMA-119 7.1: the volume descriptors begin here. */
const firstDescriptor = 16;
const lastDescriptor = 64;

/**
 * Reads the volume descriptors of an ISO. Throws SpecError for what is no plain file, is not an ISO, or is shorter
 * than it says of itself.
 */
export async function loadVolume(file: string): Promise<Volume> {
  // Asked before it is opened: a named pipe would wait for a writer.
  const stats = await orMediumFault(file, stat(file));
  if (stats.isDirectory()) throw mediumFault(file, "is a folder", "Name the ISO itself.");
  if (!stats.isFile()) throw mediumFault(file, "is not a plain file", "Copy the medium to a file first.");
  const handle = await orMediumFault(file, open(file, "r"));
  try {
    return checkVolume(file, stats.size, await readDescriptors(handle));
  } finally {
    await handle.close();
  }
}

async function orMediumFault<T>(file: string, result: Promise<T>): Promise<T> {
  try {
    return await result;
  } catch (error) {
    const code: unknown = error instanceof Error ? Reflect.get(error, "code") : undefined;
    if (code === "ENOENT" || code === "ENOTDIR") throw mediumFault(file, "there is no such file");
    if (code === "EACCES") throw mediumFault(file, "cannot be read: permission denied");
    throw error;
  }
}

async function readDescriptors(handle: FileHandle): Promise<Buffer[]> {
  const descriptors: Buffer[] = [];
  for (let sector = firstDescriptor; sector < lastDescriptor; sector++) {
    const bytes = Buffer.alloc(sectorBytes);
    const { bytesRead } = await handle.read(bytes, 0, sectorBytes, sector * sectorBytes);
    if (bytesRead < sectorBytes || !identifiers.has(identifierOf(bytes))) break;
    descriptors.push(bytes);
  }
  return descriptors;
}

// ECMA-167 part 2: the recognition sequence of UDF follows the descriptors of ISO 9660.
const identifiers = new Set(["CD001", "BEA01", "NSR02", "NSR03", "TEA01", "BOOT2", "CDW02"]);

function identifierOf(descriptor: Buffer): string {
  return descriptor.toString("latin1", 1, 6);
}

function checkVolume(file: string, bytes: number, descriptors: readonly Buffer[]): Volume {
  const has = (identifier: string): boolean =>
    descriptors.some((descriptor) => identifierOf(descriptor) === identifier);
  const primary = descriptors.find(
    (descriptor) => identifierOf(descriptor) === "CD001" && descriptor[0] === 1,
  );
  const udf = has("NSR02") || has("NSR03");
  if (primary === undefined && !udf) {
    throw mediumFault(
      file,
      `is not an ISO: neither ISO 9660 nor UDF is on it (${bytes} bytes)`,
      "A download that failed often leaves a web page under the ISO's name.",
    );
  }
  const wanted = (primary?.readUInt32LE(80) ?? 0) * sectorBytes;
  if (wanted > bytes) throw truncated(file, bytes, wanted);
  return { label: primary?.toString("latin1", 40, 72).trim() ?? "", bytes, udf };
}

/** The error for an ISO that ends too soon. */
export function truncated(file: string, bytes: number, wanted?: number): Error {
  const says = wanted === undefined ? "" : ` of the ${wanted} that it names itself`;
  return mediumFault(
    file,
    `ends too soon: it has ${bytes} bytes${says}`,
    "The download or copy is not complete; get it again and compare its hash with the publisher's.",
  );
}
