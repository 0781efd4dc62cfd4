import { StringDecoder } from "node:string_decoder";

/** Cuts a stream of bytes into lines (LF or CR LF); a character that is split over two chunks stays whole. */
export interface LineSplitter {
  /** The lines that this chunk completed, without their ends. */
  push(chunk: Uint8Array): string[];
  /** What came after the last line end. */
  rest(): string;
}

/** Promises at most `maxLength` characters of an unfinished line in memory; a longer one comes out in parts. */
export function createLineSplitter(maxLength = 32 * 1024 * 1024): LineSplitter {
  const decoder = new StringDecoder("utf8");
  let rest = "";
  return {
    push(chunk) {
      const parts = decoder.write(Buffer.from(chunk)).split("\n");
      parts[0] = rest + (parts[0] ?? "");
      rest = parts.pop() ?? "";
      if (rest.length > maxLength) {
        parts.push(rest);
        rest = "";
      }
      return parts.map((line) => (line.endsWith("\r") ? line.slice(0, -1) : line));
    },
    rest: () => rest,
  };
}
