import { readFile, stat } from "node:fs/promises";
import { basename, resolve } from "node:path";
import type { Architecture } from "../../catalogue/release.ts";
import { SpecError } from "../../errors.ts";
import { importAnswerFile } from "../../import/import-answer-file.ts";
import { renderSpec } from "../../import/render-spec.ts";
import type { Invocation } from "../invocation.ts";
import { remark, reportJson, reportText } from "../report.ts";

export interface ImportFlags {
  readonly release?: string;
  readonly architecture?: string;
  readonly name?: string;
  readonly json?: true;
}

/** Prints the spec that does what an existing answer file does; what it cannot say stands above it, as comments. */
export async function importFile(file: string, flags: ImportFlags, invocation: Invocation): Promise<void> {
  const imported = await importAnswerFile(await readBytes(resolve(invocation.cwd, file), file), file, {
    release: flags.release,
    architecture: architectureOf(flags.architecture, file),
    name: flags.name ?? "imported",
  });
  if (flags.json === true) reportJson(imported);
  else reportText(renderSpec(imported, basename(file)));
  const { length } = imported.leftovers;
  if (length > 0) {
    const where = flags.json === true ? "`leftovers` lists them" : "the comments at its head list them";
    remark(`${length} ${length === 1 ? "thing" : "things"} of ${file} could not be carried over; ${where}`);
  }
}

const architectures: readonly Architecture[] = ["x86", "amd64", "arm64"];

function architectureOf(word: string | undefined, file: string): Architecture | undefined {
  const known = architectures.find((architecture) => architecture === word);
  if (known !== undefined || word === undefined) return known;
  const message = `is not an architecture, got ${JSON.stringify(word)}; allowed: ${architectures.join(", ")}`;
  throw new SpecError(file, [{ path: "--architecture", message }]);
}

async function readBytes(path: string, file: string): Promise<Uint8Array> {
  try {
    const about = await stat(path);
    if (!about.isFile()) throw new SpecError(file, [{ path: "", message: "is not a file" }]);
    if (about.size > largest) {
      throw new SpecError(file, [{ path: "", message: `is no answer file: it has ${about.size} bytes` }]);
    }
    return await readFile(path);
  } catch (error) {
    if (error instanceof SpecError || !(error instanceof Error) || !("code" in error)) throw error;
    throw new SpecError(file, [{ path: "", message: `cannot be read: ${error.message}` }]);
  }
}

// Not worth loading to find out that it is an ISO.
const largest = 64 * 1024 * 1024;
