import { readFile, stat } from "node:fs/promises";
import { type ModuleHooks, registerHooks } from "node:module";
import { extname } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { SpecError } from "../errors.ts";
import { checkDocument } from "./check-document.ts";
import { type Fault, toIssue } from "./issues.ts";
import { type ParsedText, parseJson, parseYaml } from "./parse.ts";
import type { Spec } from "./schema.ts";

/** What a spec's file may end in. */
const specExtensions = [".yaml", ".yml", ".json", ".ts"] as const;

// A spec is written by a person; more is a wrong file.
const maximumBytes = 1024 * 1024;

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
      ? await loadModule(file, hooks.noteModule ?? (() => undefined))
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

async function assertFile(file: string): Promise<void> {
  const stats = await stat(file).catch((error: unknown) => {
    if (isMissing(error)) {
      throw fileFault(file, "there is no such file", "Name the spec: casement generate FILE");
    }
    throw fileFault(file, `cannot be read: ${reason(error)}`);
  });
  if (stats.isDirectory()) {
    throw fileFault(file, "is a folder", "Name the spec in it: casement generate FOLDER/casement.yaml");
  }
  if (!stats.isFile()) throw fileFault(file, "is not a plain file");
  if (stats.size > maximumBytes) {
    throw fileFault(file, `has to be at most ${maximumBytes} bytes long, got ${stats.size}`);
  }
}

/** Runs the module, as importing it does; its default export is the spec (defineSpec gives it types). */
async function loadModule(file: string, noteModule: (file: string) => void): Promise<ParsedText> {
  await assertFile(file);
  let loaded: unknown;
  const hook = hookResolution(noteModule);
  try {
    loaded = await import(pathToFileURL(file).href);
  } catch (error) {
    throw fileFault(file, `cannot be loaded: ${reason(error)}${placeOf(error)}`, hintFor(error));
  } finally {
    hook.deregister();
  }
  const value: unknown =
    typeof loaded === "object" && loaded !== null ? Reflect.get(loaded, "default") : undefined;
  if (value === undefined) {
    throw fileFault(file, "has no default export", "Write: export default defineSpec({ … })");
  }
  if (value instanceof Promise) {
    throw fileFault(file, "its default export is a promise", "Write: export default await …");
  }
  if (typeof value === "function") {
    throw fileFault(
      file,
      "its default export is a function",
      "Export what it returns: export default defineSpec({ … })",
    );
  }
  return { value, locate: () => undefined, issues: [] };
}

// `import { defineSpec } from "casement"` works wherever the spec stands, without a node_modules beside it.
function hookResolution(noteModule: (file: string) => void): ModuleHooks {
  const url = new URL(`../index${extname(import.meta.url)}`, import.meta.url).href;
  return registerHooks({
    resolve: (specifier, context, next) => {
      if (specifier === "casement") return { url, shortCircuit: true };
      const file = importedFile(specifier, context.parentURL);
      if (file !== undefined) noteModule(file);
      return next(specifier, context);
    },
  });
}

// Of the person's own files: no package, and nothing that casement's own modules import.
function importedFile(specifier: string, parent: string | undefined): string | undefined {
  const isPath = /^(\.{0,2}\/|file:)/.test(specifier);
  if (!isPath || parent?.startsWith(new URL("../", import.meta.url).href) === true) return undefined;
  const url = URL.parse(specifier, parent);
  return url?.protocol !== "file:" || url.pathname.includes("/node_modules/")
    ? undefined
    : fileURLToPath(url);
}

// Where the person's own code failed: the first frame that is a file, or the line that Node prints above a syntax error.
function placeOf(error: unknown): string {
  const stack = error instanceof Error ? (error.stack ?? "") : "";
  const frame = /\(?file:\/\/(?<place>\/[^\n]*:\d+:\d+)\)?$/m.exec(stack)?.groups?.["place"];
  const place = /^\/[^\n]*:\d+(?=\n)/.exec(stack)?.[0] ?? frame;
  return place === undefined || place.includes("/node_modules/") ? "" : ` (${decodeURI(place)})`;
}

function hintFor(error: unknown): string | undefined {
  const code: unknown = error instanceof Error ? Reflect.get(error, "code") : undefined;
  if (code === "ERR_MODULE_NOT_FOUND")
    return 'Relative imports need their ending: import … from "./other.ts"';
  if (code === "ERR_UNSUPPORTED_TYPESCRIPT_SYNTAX") {
    return "Node strips types and does not compile: no enums, namespaces or parameter properties.";
  }
  return undefined;
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && "code" in error && (error.code === "ENOENT" || error.code === "ENOTDIR");
}

function fileFault(file: string, message: string, hint?: string): SpecError {
  return new SpecError(file, [hint === undefined ? { path: "", message } : { path: "", message, hint }]);
}

function reason(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
