import { createCipheriv, createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { mkdir, open, readdir, writeFile } from "node:fs/promises";
import { join, relative } from "node:path";
import { pipeline } from "node:stream/promises";

/** One large file, and many small ones in folders; the same bytes every time, and nothing in them that could be compressed. */
export const material = {
  large: "large",
  largeBytes: 400_000_000,
  small: "small",
  folders: 20,
  filesOfFolder: 100,
} as const;

/** Sizes from 256 bytes to 64 KiB, as many of each power of two: those of sources, headers and scripts. */
export function smallSizes(): readonly number[] {
  const count = material.folders * material.filesOfFolder;
  // A stride that shares no factor with the count, so that each folder has some of every size.
  return Array.from({ length: count }, (_, index) =>
    Math.round(2 ** (8 + (8 * ((index * 773) % count)) / count)),
  );
}

/** Writes the material into a folder of its own. */
export async function writeMaterial(folder: string): Promise<void> {
  const cipher = createCipheriv("aes-128-ctr", Buffer.alloc(16, 1), Buffer.alloc(16));
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, material.large), cipher.update(Buffer.alloc(material.largeBytes)));
  for (const [index, size] of smallSizes().entries()) {
    const parent = join(folder, material.small, `folder-${index % material.folders}`);
    await mkdir(parent, { recursive: true });
    await writeFile(join(parent, `file-${index}.h`), cipher.update(Buffer.alloc(size)));
  }
}

/** What `sumScript` prints for the same part of the same folder: a hash of every file's name and hash. */
export async function sumPart(folder: string, part: "large" | "small"): Promise<string> {
  const names =
    part === "large"
      ? [material.large]
      : (await readdir(join(folder, material.small), { recursive: true, withFileTypes: true }))
          .filter((entry) => entry.isFile())
          .map((entry) => relative(folder, join(entry.parentPath, entry.name)));
  const list = createHash("sha256");
  for (const name of names.toSorted((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)))) {
    const hash = createHash("sha256");
    await pipeline(createReadStream(join(folder, name), { highWaterMark: 2 ** 20 }), hash);
    list.update(`${hash.digest("hex")}  ${name}\n`);
  }
  return list.digest("hex");
}

/** The same for a large file that is the beginning of another one, so many times. */
export async function sumRepeated(
  file: string,
  { bytes, times }: { readonly bytes: number; readonly times: number },
): Promise<string> {
  await using handle = await open(file);
  const { buffer, bytesRead } = await handle.read(Buffer.alloc(bytes), 0, bytes, 0);
  if (bytesRead !== bytes) throw new Error(`${file}: has ${bytesRead} bytes, expected ${bytes} at least`);
  const hash = createHash("sha256");
  for (let time = 0; time < times; time += 1) hash.update(buffer);
  return createHash("sha256")
    .update(`${hash.digest("hex")}  ${material.large}\n`)
    .digest("hex");
}

/** Shell words that print a part's sum, in a folder that holds it. */
export function sumScript(part: "large" | "small"): string {
  return `find ${material[part]} -type f | LC_ALL=C sort | xargs sha256sum | sha256sum | cut -d ' ' -f 1`;
}
