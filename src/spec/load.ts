import { readFile, stat } from "node:fs/promises";
import { type ModuleHooks, registerHooks } from "node:module";
import { extname } from "node:path";
import { pathToFileURL } from "node:url";
import { SpecError } from "../errors.ts";
import { checkSpec } from "./check.ts";
import { toIssue } from "./issues.ts";
import { type ParsedText, parseJson, parseYaml } from "./parse.ts";
import type { Spec } from "./schema.ts";

/** What a spec's file may end in. */
export const specExtensions = [".yaml", ".yml", ".json", ".ts"] as const;

// A spec is written by a person; more is a wrong file.
const maximumBytes = 1024 * 1024;

/** Reads and validates a spec. Throws SpecError with every fault, each with its path, its line and what is allowed. */
export async function loadSpec(file: string): Promise<Spec> {
  const parsed = extname(file) === ".ts" ? await loadModule(file) : await loadText(file);
  if (parsed.issues.length > 0) throw new SpecError(file, parsed.issues);
  const checked = checkSpec(parsed.value);
  if ("spec" in checked) return checked.spec;
  throw new SpecError(
    file,
    checked.faults.map((fault) => toIssue(fault, parsed.locate)),
  );
}

async function loadText(file: string): Promise<ParsedText> {
  const extension = extname(file);
  if (!(specExtensions as readonly string[]).includes(extension)) {
    throw fileFault(file, `has to end in ${specExtensions.join(", ")}, got ${JSON.stringify(extension)}`);
  }
  const text = await readText(file);
  return extension === ".json" ? parseJson(text) : parseYaml(text);
}

async function readText(file: string): Promise<string> {
  await assertFile(file);
  try {
    const bytes = await readFile(file);
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch (error) {
    throw fileFault(file, error instanceof TypeError ? "is not UTF-8" : `cannot be read: ${reason(error)}`);
  }
}

async function assertFile(file: string): Promise<void> {
  const stats = await stat(file).catch((error: unknown) => {
    throw fileFault(file, `cannot be read: ${reason(error)}`, "Name the spec: casement generate FILE");
  });
  if (!stats.isFile()) throw fileFault(file, "is not a file");
  if (stats.size > maximumBytes) {
    throw fileFault(file, `has to be at most ${maximumBytes} bytes long, got ${stats.size}`);
  }
}

/** Runs the module, as importing it does; its default export is the spec (defineSpec gives it types). */
async function loadModule(file: string): Promise<ParsedText> {
  await assertFile(file);
  let loaded: unknown;
  const hook = resolveCasement();
  try {
    loaded = await import(pathToFileURL(file).href);
  } catch (error) {
    throw fileFault(file, `cannot be loaded: ${reason(error)}`);
  } finally {
    hook.deregister();
  }
  const value: unknown =
    typeof loaded === "object" && loaded !== null ? Reflect.get(loaded, "default") : undefined;
  if (value === undefined) {
    throw fileFault(file, "has no default export", "Write: export default defineSpec({ … })");
  }
  return { value, locate: () => undefined, issues: [] };
}

// `import { defineSpec } from "casement"` works wherever the spec stands, without a node_modules beside it.
function resolveCasement(): ModuleHooks {
  const url = new URL(`../index${extname(import.meta.url)}`, import.meta.url).href;
  return registerHooks({
    resolve: (specifier, context, next) =>
      specifier === "casement" ? { url, shortCircuit: true } : next(specifier, context),
  });
}

function fileFault(file: string, message: string, hint?: string): SpecError {
  return new SpecError(file, [hint === undefined ? { path: "", message } : { path: "", message, hint }]);
}

function reason(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
