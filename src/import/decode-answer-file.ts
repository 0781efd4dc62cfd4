import { SpecError } from "../errors.ts";

/** The largest file in wide use has 202 KB; what is larger than this is something else. */
const maximumBytes = 4 * 1024 * 1024;

/** The text of an answer file: UTF-8 with and without byte order mark, or UTF-16. Throws SpecError for anything else. */
export function decodeAnswerFile(bytes: Uint8Array, file: string): string {
  if (bytes.length > maximumBytes) {
    throw fault(
      file,
      `is larger than any answer file, got ${bytes.length} bytes; allowed: ${maximumBytes} bytes`,
    );
  }
  const encoding = encodingOf(bytes);
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    throw fault(
      file,
      `holds bytes that are not ${encoding.toUpperCase()}`,
      "Save it as UTF-8, which Setup reads, too.",
    );
  }
}

// Without a mark the first character tells: a document begins with `<`, which is one byte in UTF-8.
function encodingOf(bytes: Uint8Array): "utf-8" | "utf-16le" | "utf-16be" {
  const [first, second] = bytes;
  if ((first === 0xff && second === 0xfe) || (first === 0x3c && second === 0)) return "utf-16le";
  if ((first === 0xfe && second === 0xff) || (first === 0 && second === 0x3c)) return "utf-16be";
  return "utf-8";
}

function fault(file: string, message: string, hint?: string): SpecError {
  return new SpecError(file, [{ path: "", message, ...(hint === undefined ? {} : { hint }) }]);
}
