import { readFile } from "node:fs/promises";
import { extname } from "node:path";
import { SpecError } from "../errors.ts";
import { checkDocument } from "./check-document.ts";
import { type Fault, toIssue } from "./issues.ts";
import { loadModule } from "./load-module.ts";
import { type ParsedText, parseJson, parseYaml } from "./parse.ts";
import type { Spec } from "./schema.ts";
import { assertFile, fileFault, reason } from "./spec-file.ts";

/** What a spec's file may end in. */
const specExtensions = [".yaml", ".yml", ".json", ".ts"] as const;

/** A spec, what of it is written and where, and the error for faults that show later, with the lines of its file. */
export interface LoadedSpec {
  readonly spec: Spec;
  readonly document: unknown;
  readonly locate: ParsedText["locate"];
  refuse(faults: readonly Fault[]): SpecError;
}

/** Reads and validates a spec. Throws SpecError with every fault, each with its path, its line and what is allowed. */
export async function loadSpec(file: string): Promise<Spec> {
  return (await loadSpecWithLines(file)).spec;
}

/** What a caller of loadSpecWithLines adds to it. */
export interface LoadHooks {
  /** Looks at the document of a spec that is refused for more faults, so that a person sees all of them in one list. */
  readonly findMore?: (document: unknown) => Promise<readonly Fault[]>;
  /** Is told each file that a spec in TypeScript imports by its path, also one that is not there. */
  readonly noteModule?: (file: string) => void;
}

/** As loadSpec, for whoever finds more faults in the spec. */
export async function loadSpecWithLines(file: string, hooks: LoadHooks = {}): Promise<LoadedSpec> {
  const parsed =
    extname(file) === ".ts"
      ? { value: await loadModule(file, hooks.noteModule), locate: () => undefined, issues: [] }
      : await loadText(file);
  if (parsed.issues.length > 0) throw new SpecError(file, parsed.issues);
  const refuse = (faults: readonly Fault[]): SpecError =>
    new SpecError(
      file,
      faults.map((fault) => toIssue(fault, parsed.locate)),
    );
  const checked = await checkDocument(parsed.value);
  if (!("spec" in checked)) {
    throw refuse([...checked.faults, ...((await hooks.findMore?.(parsed.value)) ?? [])]);
  }
  return { spec: checked.spec, document: parsed.value, locate: parsed.locate, refuse };
}

async function loadText(file: string): Promise<ParsedText> {
  await assertFile(file);
  const extension = extname(file);
  if (!(specExtensions as readonly string[]).includes(extension)) {
    throw fileFault(
      file,
      `has to end in ${specExtensions.join(", ")}, got ${JSON.stringify(extension)}`,
      "The ending says how to read it; a spec from a pipe has to become a file first.",
    );
  }
  const text = await readText(file);
  if (extension !== ".json" && isBlank(text)) {
    throw fileFault(file, "is empty", "It has to name at least `name` and `windows.release` (docs/spec.md).");
  }
  return extension === ".json" ? parseJson(text) : parseYaml(text);
}

async function readText(file: string): Promise<string> {
  try {
    const bytes = await readFile(file);
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch (error) {
    throw fileFault(file, error instanceof TypeError ? "is not UTF-8" : `cannot be read: ${reason(error)}`);
  }
}

// Nothing but blanks and comments.
function isBlank(text: string): boolean {
  return text.split("\n").every((line) => /^\s*(#|$)/.test(line));
}
