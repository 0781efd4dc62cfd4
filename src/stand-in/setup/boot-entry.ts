import { guidBytes } from "./guid.ts";
import type { PlacedPartition } from "./partitions.ts";

/** The variables' owner in the UEFI specification: EFI_GLOBAL_VARIABLE. */
export const globalVariable = "8be4df61-93ca-11d2-aa0d-00e098032b8c";

/** Kept without power, and readable before and after the firmware has handed over. */
const attributes = Buffer.from([0x07, 0, 0, 0]);

/** A boot entry that starts a file of a partition, as efivarfs takes it (EFI_LOAD_OPTION behind the attributes). */
export function renderBootEntry(entry: {
  readonly description: string;
  readonly partition: PlacedPartition;
  readonly partitionGuid: string;
  /** With backslashes, from the partition's root. */
  readonly file: string;
}): Buffer {
  const path = Buffer.concat([
    diskPath(entry.partition, entry.partitionGuid),
    filePath(entry.file),
    // The end of the whole path.
    Buffer.from([0x7f, 0xff, 4, 0]),
  ]);
  const head = Buffer.alloc(6);
  // Active: the firmware may take it by itself.
  head.writeUInt32LE(1, 0);
  head.writeUInt16LE(path.length, 4);
  return Buffer.concat([attributes, head, wide(entry.description), path]);
}

/** The firmware's order with this entry before the others; `before` is the variable as efivarfs gives it, if it exists. */
export function renderBootOrder(first: number, before: Uint8Array | undefined): Buffer {
  const others: number[] = [];
  const old = Buffer.from(before?.subarray(attributes.length) ?? []);
  for (let at = 0; at + 1 < old.length; at += 2) others.push(old.readUInt16LE(at));
  const order = [first, ...others.filter((number) => number !== first)];
  const numbers = Buffer.alloc(order.length * 2);
  order.forEach((number, index) => numbers.writeUInt16LE(number, index * 2));
  return Buffer.concat([attributes, numbers]);
}

function diskPath({ number, firstSector, sectors }: PlacedPartition, guid: string): Buffer {
  const node = Buffer.alloc(42);
  node.set([0x04, 0x01, node.length, 0]);
  node.writeUInt32LE(number, 4);
  node.writeBigUInt64LE(BigInt(firstSector), 8);
  node.writeBigUInt64LE(BigInt(sectors), 16);
  node.set(guidBytes(guid), 24);
  // A GPT, known by its GUID.
  node.set([0x02, 0x02], 40);
  return node;
}

function filePath(file: string): Buffer {
  const text = wide(file);
  const head = Buffer.from([0x04, 0x04, 0, 0]);
  head.writeUInt16LE(head.length + text.length, 2);
  return Buffer.concat([head, text]);
}

function wide(text: string): Buffer {
  return Buffer.from(`${text}\0`, "utf16le");
}
