import { lstat, readFile } from "node:fs/promises";
import { join } from "node:path";
import { generated } from "../contract/filenames.ts";
import { type Manifest, manifestSchema, manifestVersion } from "../contract/manifest.ts";
import { ToolError } from "../errors.ts";

/** The manifest of an output folder; undefined when it has none. A damaged or newer one is an error, never "none". */
export async function loadManifest(outDir: string): Promise<Manifest | undefined> {
  const file = join(outDir, generated.manifest);
  const stats = await lstat(file).catch(() => undefined);
  if (stats === undefined) return undefined;
  if (!stats.isFile())
    throw new ToolError(`${file}: is not a file`, { hint: "Remove it and run generate again." });
  const parsed = manifestSchema.safeParse(parseJson(await readFile(file, "utf8")));
  if (parsed.success) return parsed.data;
  const version: unknown = parsed.error.issues.find((issue) => issue.path[0] === "version");
  throw new ToolError(
    version === undefined
      ? `${file}: is damaged`
      : `${file}: is of another version than ${manifestVersion}, which this casement writes`,
    {
      hint:
        version === undefined
          ? "Restore it from version control. Without it casement does not know which files are its own."
          : "Use the casement that wrote it, or generate into a new folder.",
    },
  );
}

/** The manifest's bytes: two spaces, keys in a fixed order, files by path. */
export function formatManifest(manifest: Manifest): string {
  const { version, generator, password, files, sources, pending } = manifest;
  const ordered = {
    version,
    generator,
    password,
    files: byPath(files),
    ...(sources === undefined ? {} : { sources }),
    ...(pending === undefined ? {} : { pending: byPath(pending) }),
  };
  return `${JSON.stringify(ordered, null, 2)}\n`;
}

function byPath(files: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(files).sort(([left], [right]) => (left < right ? -1 : 1)));
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
