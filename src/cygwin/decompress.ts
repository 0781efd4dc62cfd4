import { zstdDecompressSync } from "node:zlib";
import { ToolError } from "../errors.ts";
import { run } from "../process/run.ts";

/** The text of a list, which may be packed by zstd, xz or bzip2; `name` is for messages. Throws ToolError. */
export async function decompressText(name: string, bytes: Uint8Array): Promise<string> {
  const packer = packers.find(({ magic }) => magic.every((byte, index) => bytes[index] === byte));
  if (packer === undefined) return new TextDecoder().decode(bytes);
  if (packer.name === "zstd") return unpackZstd(name, bytes);
  try {
    const { stdout } = await run(
      { file: packer.name, args: ["-d", "-c"] },
      { input: bytes, timeoutMs: 60_000 },
    );
    return `${stdout}\n`;
  } catch (error) {
    if (!(error instanceof ToolError)) throw error;
    throw new ToolError(`${name}: could not be unpacked: ${error.message}`, {
      hint: error.hint ?? "The file is damaged or cut off; fetch it again.",
      cause: error,
    });
  }
}

// What each kind of file starts with; names can lie.
const packers = [
  { name: "zstd", magic: [0x28, 0xb5, 0x2f, 0xfd] },
  { name: "xz", magic: [0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00] },
  { name: "bzip2", magic: [0x42, 0x5a, 0x68] },
] as const;

// A list has some 20 MB.
const maxBytes = 1 << 29;

function unpackZstd(name: string, bytes: Uint8Array): string {
  try {
    return new TextDecoder().decode(zstdDecompressSync(bytes, { maxOutputLength: maxBytes }));
  } catch (error) {
    throw new ToolError(
      `${name}: could not be unpacked: ${error instanceof Error ? error.message : "zstd"}`,
      {
        hint: "The file is damaged or cut off; fetch it again.",
        cause: error,
      },
    );
  }
}
