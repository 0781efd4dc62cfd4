/** The header of a WIM with what matters here; the rest is zero. */
export function wimHeader(fields: {
  readonly headerBytes?: number;
  readonly images?: number;
  readonly flags?: number;
  readonly offset?: bigint;
  readonly bytes?: bigint;
}): Buffer {
  const header = Buffer.alloc(208);
  header.write("MSWIM\0\0\0", "latin1");
  header.writeUInt32LE(fields.headerBytes ?? 208, 8);
  header.writeUInt32LE(0x1_0d_00, 12);
  header.fill("casement-test-01", 24, 40, "latin1");
  header.writeUInt16LE(1, 40);
  header.writeUInt16LE(1, 42);
  header.writeUInt32LE(fields.images ?? 1, 44);
  header.writeUInt8(fields.flags ?? 2, 79);
  header.writeBigUInt64LE(fields.offset ?? 208n, 80);
  header.writeBigUInt64LE(fields.bytes ?? 1000n, 88);
  return header;
}
