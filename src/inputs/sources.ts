import { readFile, stat } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import { isRelative } from "../spec/file-rules.ts";
import { type Fault, valueAt } from "../spec/issues.ts";
import type { Spec } from "../spec/schema.ts";
import { showValue } from "../spec/show.ts";

/** What generate copies into its folder lives in git and in every store that has the image. */
export const limits = { fileMiB: 16, allMiB: 64 } as const;

/** Contents of the files that `windows.files` names by a source, by that source; or what is wrong with them, all at once. */
export type Sources =
  | { readonly files: ReadonlyMap<string, Uint8Array>; readonly faults: readonly [] }
  | { readonly faults: readonly Fault[] };

/** Absolute paths of the files that a document names, which need be no valid spec; looks at none of them. */
export function sourceFiles(document: unknown, specFile: string): string[] {
  const files = valueAt(document, ["windows", "files"]);
  const sources = Array.isArray(files) ? files.map((file) => valueAt(file, ["source"])) : [];
  return sources.filter(isReadable).map((source) => resolve(dirname(specFile), source));
}

// Others are refused for their form, or for being absolute.
function isReadable(source: unknown): source is string {
  return typeof source === "string" && isRelative(source) && !source.includes("\0");
}

/** What is wrong with the files that a document names, which need be no valid spec; reads none of them. */
export async function findSourceFaults(document: unknown, specFile: string): Promise<Fault[]> {
  const files = valueAt(document, ["windows", "files"]);
  if (!Array.isArray(files)) return [];
  const folder = dirname(resolve(specFile));
  const looked = await Promise.all(
    files.map(async (file, index) => {
      const source = valueAt(file, ["source"]);
      return isReadable(source) ? look(folder, source, index, undefined) : { size: 0 };
    }),
  );
  return faultsAmong(looked);
}

/** Reads them, relative to the spec's own folder. Throws nothing: what cannot be read is a fault of the spec. */
export async function readSources(spec: Spec, specFile: string): Promise<Sources> {
  const folder = dirname(resolve(specFile));
  const looked = await Promise.all(
    spec.windows.files.map((file, index) => look(folder, file.source, index, file.text)),
  );
  const faults = faultsAmong(looked);
  const bytes = looked.reduce((sum, { size }) => sum + size, 0);
  if (bytes > limits.allMiB * mebibyte) {
    faults.push({
      path: ["windows", "files"],
      message: `have to be at most ${limits.allMiB} MiB long together, got ${inMiB(bytes)}`,
      hint: tooLarge,
    });
  }
  if (faults.length > 0) return { faults };
  return readAll(spec, folder);
}

interface Looked {
  /** Bytes. */
  readonly size: number;
  readonly fault?: Fault;
}

function faultsAmong(looked: readonly Looked[]): Fault[] {
  return looked.flatMap(({ fault }) => (fault === undefined ? [] : [fault]));
}

async function look(
  folder: string,
  source: string | undefined,
  index: number,
  text: string | undefined,
): Promise<Looked> {
  if (source === undefined) return { size: Buffer.byteLength(text ?? "") };
  const file = resolve(folder, source);
  const fault = (message: string, hint?: string): Looked => ({
    size: 0,
    fault: {
      path: ["windows", "files", index, "source"],
      message,
      ...(hint === undefined ? {} : { hint }),
    },
  });
  try {
    const stats = await stat(file);
    if (stats.isDirectory()) {
      return fault(`is a folder, got ${showValue(source)} (${file})`, "Name each file that is wanted of it.");
    }
    if (!stats.isFile()) return fault(`is not a plain file, got ${showValue(source)} (${file})`);
    if (stats.size > limits.fileMiB * mebibyte) {
      return fault(
        `has to be at most ${limits.fileMiB} MiB long, got ${showValue(source)} of ${inMiB(stats.size)}`,
        tooLarge,
      );
    }
    return { size: stats.size };
  } catch (error) {
    return fault(...unreadable(error, source, file));
  }
}

async function readAll(spec: Spec, folder: string): Promise<Sources> {
  const files = new Map<string, Uint8Array>();
  const faults: Fault[] = [];
  for (const [index, { source }] of spec.windows.files.entries()) {
    if (source === undefined || files.has(source)) continue;
    const file = resolve(folder, source);
    try {
      files.set(source, await readFile(file));
    } catch (error) {
      const [message] = unreadable(error, source, file);
      faults.push({ path: ["windows", "files", index, "source"], message });
    }
  }
  return faults.length > 0 ? { faults } : { files, faults: [] };
}

const mebibyte = 1024 * 1024;

const tooLarge =
  "Such files are no part of a generated folder; fetch them in a layer or a run, from the Nix store.";

function unreadable(error: unknown, source: string, file: string): [message: string, hint?: string] {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  if (code === "ENOENT" || code === "ENOTDIR") {
    return [`there is no such file, got ${showValue(source)} (${file})`, "It is looked for beside the spec."];
  }
  const reason = error instanceof Error ? error.message : String(error);
  return [`cannot be read: ${reason}, got ${showValue(source)}`];
}

function inMiB(bytes: number): string {
  return `${(bytes / mebibyte).toFixed(1)} MiB`;
}
