import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { dirname, extname, join, resolve } from "node:path";
import { hash, lookAt } from "../writer/look.ts";
import { cacheFolder } from "./cache-folder.ts";
import type { Invocation } from "./invocation.ts";
import { findPlaces } from "./places.ts";

/** What generate would say and do no more. */
export interface Unchanged {
  readonly outDir: string;
  readonly count: number;
}

export interface Places {
  readonly spec: string;
  readonly outDir: string;
}

/**
 * The short way for `generate` when nothing changed since the last time: it compares hashes and loads neither the
 * parsers nor the schema (they take three times as long as Node itself). After each success generate leaves a stamp in
 * the user's cache: one hash over casement's own files, the spec, the files that the spec names and the manifest. The same
 * hash now, and files as the manifest says: generate would do nothing. Whatever is in doubt goes the long way. For a spec
 * that is data; one in TypeScript has findUnchangedProgram.
 */
export function findUnchanged(invocation: Invocation, root = packageRoot): Unchanged | undefined {
  try {
    const places = simpleGenerate(invocation);
    return places !== undefined && isData(places.spec)
      ? compareStamp(invocation, places, { root })
      : undefined;
  } catch {
    return undefined;
  }
}

/** The places of a spec in TypeScript for which generate has left a stamp; undefined for anything else. */
export function stampedProgram(invocation: Invocation): Places | undefined {
  try {
    const places = simpleGenerate(invocation);
    return places !== undefined && isProgram(places.spec) && existsSync(stampFile(invocation, places))
      ? places
      : undefined;
  } catch {
    return undefined;
  }
}

/** The comparison itself; `document` takes the place of a spec's bytes. Throws where something cannot be read. */
export function compareStamp(
  invocation: Invocation,
  places: Places,
  { document, root = packageRoot }: { readonly document?: string; readonly root?: string },
): Unchanged | undefined {
  const [stamp, ...sources] = readFileSync(stampFile(invocation, places), "utf8").split("\n");
  const manifest = readFileSync(join(places.outDir, manifestName), "utf8");
  const read = sources.map(
    (source) => [source, readFileSync(resolve(dirname(places.spec), source))] as const,
  );
  if (stamp !== stampOf(root, stateOfInputs(places.spec, document), manifest, read)) return undefined;
  const entries = Object.entries(filesOf(JSON.parse(manifest)));
  const same = entries.every(([path, expected]) => {
    const found = lookAt(places.outDir, path);
    return typeof found === "object" && found.hash === expected;
  });
  return same ? { outDir: places.outDir, count: entries.length } : undefined;
}

/**
 * Spec and lock as they are now; for rememberUnchanged, and so to be taken before either is read. Never throws. `document`
 * takes the place of the spec's bytes.
 */
export function stateOfInputs(spec: string, document?: string): string {
  const own = document === undefined ? stateOf(spec) : hash(document);
  return `${own} ${stateOf(join(dirname(spec), lockName))}`;
}

/**
 * Leaves the stamp, unless spec or lock changed since `before`: the folder then need not be what they say now. `sources` are
 * the files that the spec names, as they were read. A cache that cannot be written only costs time. Of a spec in TypeScript
 * counts what it exported (`document`), and one that exports more than data gets no stamp.
 */
export function rememberUnchanged(
  invocation: Invocation,
  places: Places,
  {
    before,
    document,
    sources = new Map(),
    root = packageRoot,
  }: {
    readonly before: string;
    readonly document?: string | undefined;
    readonly sources?: ReadonlyMap<string, Uint8Array>;
    readonly root?: string;
  },
): void {
  if (!isData(places.spec) && (!isProgram(places.spec) || document === undefined)) return;
  try {
    if (stateOfInputs(places.spec) !== before) return;
    const inputs = isData(places.spec) ? before : stateOfInputs(places.spec, document);
    const manifest = readFileSync(join(places.outDir, manifestName), "utf8");
    mkdirSync(cacheFolder(invocation.env, "unchanged"), { recursive: true });
    const stamp = stampOf(root, inputs, manifest, [...sources]);
    // The hash, then a line for each source: the spec takes no line ends in them.
    writeFileSync(stampFile(invocation, places), [stamp, ...sources.keys()].join("\n"));
  } catch {
    // Read-only home, sandbox: the long way next time.
  }
}

// The stamp says that these are the bytes which generate wrote, so their form is known.
function filesOf(manifest: unknown): object {
  const files: unknown =
    typeof manifest === "object" && manifest !== null ? Reflect.get(manifest, "files") : undefined;
  if (typeof files !== "object" || files === null) throw new TypeError("the manifest names no files");
  return files;
}

const packageRoot = join(import.meta.dirname, "../..");

// Not imported from contract/: this file loads as little as it can. test/cli/unchanged.test.ts compares them.
export const manifestName = "casement.manifest.json";
export const lockName = "cygwin.lock.json";

/** `generate [SPEC] [--out DIR] [--check]` in that or another order; anything else is commander's. */
function simpleGenerate({ argv, cwd }: Invocation): Places | undefined {
  if (argv[0] !== "generate") return undefined;
  let spec: string | undefined;
  let out: string | undefined;
  for (let index = 1; index < argv.length; index++) {
    const word = argv[index] ?? "";
    if (word === "--check") continue;
    if (word === "--out" && out === undefined && index + 1 < argv.length) out = argv[++index];
    else if (!word.startsWith("-") && spec === undefined) spec = word;
    else return undefined;
  }
  return findPlaces({ spec, out }, cwd);
}

function isData(spec: string): boolean {
  return [".yaml", ".yml", ".json"].includes(extname(spec));
}

function isProgram(spec: string): boolean {
  return extname(spec) === ".ts";
}

function stampFile(invocation: Invocation, places: Places): string {
  return join(cacheFolder(invocation.env, "unchanged"), hash(`${places.spec}\0${places.outDir}`));
}

function stampOf(
  root: string,
  inputs: string,
  manifest: string,
  sources: readonly (readonly [source: string, content: Uint8Array])[],
): string {
  const named = sources.map(([source, content]) => `${source} ${hash(content)}`);
  return hash([casementState(root), inputs, hash(manifest), ...named].join("\n"));
}

// One that was not there before counts too. What is no file is for generate to refuse; reading a pipe would not end.
function stateOf(file: string): string {
  try {
    return statSync(file).isFile() ? hash(readFileSync(file)) : "no file";
  } catch {
    return "none";
  }
}

/** Folders of src/ of which `generate` loads nothing: a change there changes no file that it writes. */
export const notOfGenerate: readonly string[] = [
  "agent",
  "doctor",
  "explain",
  "import",
  "media",
  "runtime",
  "stand-in",
];

// Which casement this is: its place and Node, and every source and template by size and time, as make does it. Looking at
// each takes a quarter of the whole time; in Nix's store the place alone says what is there.
function casementState(root: string): string {
  if (root.startsWith("/nix/store/")) return hash([process.version, root].join("\n"));
  const files = [...filesBelow(join(root, "src"), notOfGenerate), ...filesBelow(join(root, "templates"))];
  const states = [...files.sort(), join(root, "package.json")].map((file) => {
    const { size, mtimeMs } = statSync(file);
    return `${file} ${size} ${mtimeMs}`;
  });
  return hash([process.version, ...states].join("\n"));
}

// Node's own recursive reading takes five times as long: it asks for each name on its own whether it is a folder.
function filesBelow(folder: string, except: readonly string[] = []): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    if (except.includes(entry.name)) return [];
    const path = `${folder}/${entry.name}`;
    return entry.isDirectory() ? filesBelow(path) : [path];
  });
}
