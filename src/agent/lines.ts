/** Longest request that is read; the largest real one carries an environment of some ten thousand bytes. */
const lineMaxBytes = 1024 * 1024;

/** Splits a byte stream into its lines, without their newline; a last line without newline counts, a longer line than lineMaxBytes throws. */
export async function* splitLines(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  let parts: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of bytes) {
    let from = 0;
    for (let end = chunk.indexOf(0x0a); end >= 0; end = chunk.indexOf(0x0a, from)) {
      yield Buffer.concat([...parts, chunk.subarray(from, end)]).toString("utf8");
      parts = [];
      length = 0;
      from = end + 1;
    }
    parts.push(chunk.subarray(from));
    length += chunk.length - from;
    if (length > lineMaxBytes) {
      throw new Error(`agent port: a line has more than ${lineMaxBytes} bytes, got ${length} so far`);
    }
  }
  if (length > 0) yield Buffer.concat(parts).toString("utf8");
}
