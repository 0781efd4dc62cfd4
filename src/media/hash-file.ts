import { createHash } from "node:crypto";
import { open } from "node:fs/promises";
import { ToolError } from "../errors.ts";

/** The SHA-256 of a file in hexadecimal; `onProgress` gets the share that is done, 0 to 1. Throws ToolError if the file changes meanwhile. */
export async function hashFile(file: string, onProgress: (share: number) => void): Promise<string> {
  const handle = await open(file, "r");
  try {
    const before = await handle.stat({ bigint: true });
    const hash = createHash("sha256");
    const chunk = Buffer.alloc(4 << 20);
    let done = 0;
    for (;;) {
      const { bytesRead } = await handle.read(chunk, 0, chunk.length, done);
      if (bytesRead === 0) break;
      hash.update(chunk.subarray(0, bytesRead));
      done += bytesRead;
      onProgress(Math.min(1, done / Number(before.size)));
    }
    const after = await handle.stat({ bigint: true });
    if (BigInt(done) !== before.size || after.size !== before.size || after.mtimeNs !== before.mtimeNs) {
      throw changed(file);
    }
    return hash.digest("hex");
  } finally {
    await handle.close();
  }
}

/** The error for a file that somebody else writes while it is looked at. */
export function changed(file: string): ToolError {
  return new ToolError(`${file}: it changed while it was read`, {
    hint: "Wait until the download or copy has ended, and run it again.",
  });
}
