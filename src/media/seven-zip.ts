import { ToolError } from "../errors.ts";
import { formatCommand } from "../process/command.ts";
import { run } from "../process/run.ts";
import { spawn } from "../process/spawn.ts";
import { truncated } from "./volume.ts";

/** A file on a medium. */
export interface MediumFile {
  /** With forward slashes, in the medium's own case. */
  readonly path: string;
  readonly bytes: number;
}

// A hung disk should not hang us; a list of a DVD takes a hundredth of a second.
const listTimeoutMs = 120_000;

/**
 * Lists the files of an ISO by 7-Zip, which reads UDF without being root, as bsdtar and xorriso do not. Throws SpecError
 * for an ISO that ends too soon, ToolError where 7-Zip fails.
 */
export async function listFiles(sevenZip: string, iso: string, isoBytes: number): Promise<MediumFile[]> {
  const command = { file: sevenZip, args: ["l", "-slt", "-sccUTF-8", "-p", "-y", "--", iso] };
  const { stdout } = await run(command, { timeoutMs: listTimeoutMs }).catch((error: unknown) => {
    // 7-Zip says on stdout what it misses, and `run` keeps stderr; its 2 is a fault of the archive.
    if (error instanceof ToolError && error.message.includes(" exited with 2"))
      throw truncated(iso, isoBytes);
    throw error;
  });
  return parseList(stdout);
}

/** Reads what `7zz l -slt` prints: a block of `Name = value` for each entry. Folders are left out. */
export function parseList(output: string): MediumFile[] {
  const [, entries = ""] = output.split(/^-{10}$/m);
  return entries.split(/\n\s*\n/).flatMap((block) => {
    const field = (name: string): string | undefined =>
      new RegExp(`^${name} = (?<value>.*)$`, "m").exec(block)?.groups?.["value"];
    const path = field("Path");
    const bytes = Number(field("Size"));
    if (path === undefined || field("Folder") === "+" || !Number.isSafeInteger(bytes)) return [];
    return [{ path: path.replaceAll("\\", "/"), bytes }];
  });
}

/** The bytes of one file on the medium from `from` on, at most `bytes` of them; what comes before is read and dropped. */
export async function readBytes(
  sevenZip: string,
  source: { readonly iso: string; readonly path: string; readonly from: number; readonly bytes: number },
): Promise<Buffer> {
  // -spd: the name is a name, not a pattern.
  const args = ["e", "-so", "-bd", "-p", "-y", "-spd", "--", source.iso, source.path];
  await using reader = await spawn({ file: sevenZip, args }, { graceMs: 0 });
  const parts: Buffer[] = [];
  let position = 0;
  let missing = source.bytes;
  for await (const chunk of reader.stdout as AsyncIterable<Buffer>) {
    const part = chunk.subarray(
      Math.max(0, source.from - position),
      Math.max(0, source.from - position) + missing,
    );
    position += chunk.length;
    if (part.length > 0) parts.push(part);
    missing -= part.length;
    if (missing === 0) return Buffer.concat(parts);
  }
  const { exitCode, how } = await reader.exited;
  if (exitCode !== 0) {
    throw new ToolError(`${formatCommand(reader.command)} ${how}\n${reader.lastStderr()}`);
  }
  return Buffer.concat(parts);
}
