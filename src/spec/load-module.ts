import { type ModuleHooks, registerHooks } from "node:module";
import { extname } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { assertFile, fileFault, reason } from "./spec-file.ts";

/**
 * Runs a spec in TypeScript, as importing it does, and returns its default export (defineSpec gives it types); once in each
 * thread, because Node keeps the module. `noteModule` is told each file that it imports by its path, also one that is not
 * there. Throws SpecError.
 */
export async function loadModule(
  file: string,
  noteModule: (file: string) => void = () => undefined,
): Promise<unknown> {
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
  return value;
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
