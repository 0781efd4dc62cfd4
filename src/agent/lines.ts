/** Longest request that is read; the largest real one carries an environment of some ten thousand bytes. */
export const lineMaxBytes = 1024 * 1024;

/** Splits a byte stream into its lines, without their newline; a last line without newline counts, a longer line than lineMaxBytes throws. */
export async function* splitLines(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  let rest: Buffer = Buffer.alloc(0);
  for await (const chunk of bytes) {
    rest = rest.length === 0 ? Buffer.from(chunk) : Buffer.concat([rest, chunk]);
    for (;;) {
      const end = rest.indexOf(0x0a);
      if (end < 0) break;
      yield rest.toString("utf8", 0, end);
      rest = rest.subarray(end + 1);
    }
    if (rest.length > lineMaxBytes) {
      throw new Error(`agent port: a line has more than ${lineMaxBytes} bytes, got ${rest.length} so far`);
    }
  }
  if (rest.length > 0) yield rest.toString("utf8");
}
