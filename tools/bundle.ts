// Bundles one entry file with all that it imports into one ES module that needs nothing but Node's own modules.
// usage: bundle.ts ENTRY OUTFILE     without arguments: the run half's entries -> dist/ (npm run build)
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { build, type BuildOptions, type Plugin } from "esbuild";

/** What `npm run build` writes: entry file -> file in dist/. The derivations of nix/package.nix make the same bytes. */
export const bundles: Readonly<Record<string, string>> = {
  "src/runtime/main.ts": "dist/runtime.mjs",
  "src/agent/main.ts": "dist/agent.mjs",
  "src/stand-in/main.ts": "dist/stand-in.mjs",
  "src/media/check-medium.ts": "dist/media.mjs",
};

/**
 * Returns the bundle's text; the same sources and packages give the same text in any folder.
 * Throws if an import cannot be resolved, or if more than one file comes out.
 */
export async function bundle(entry: string, folder: string): Promise<string> {
  const result = await build({
    ...options,
    absWorkingDir: folder,
    entryPoints: [entry],
    outfile: "bundle.mjs",
  });
  const [file, ...rest] = result.outputFiles;
  if (file === undefined || rest.length > 0) {
    const names = result.outputFiles.map(({ path }) => path).join(", ");
    throw new Error(`${entry}: the bundle must be one file, got ${result.outputFiles.length}: ${names}`);
  }
  return file.text;
}

// ssh2 tries two native modules and goes on with Node's own cryptography when loading them throws.
// An empty module in their place would be taken for a working binding.
const withoutNativeModules: Plugin = {
  name: "without-native-modules",
  setup(building) {
    building.onResolve({ filter: /\.node$|^cpu-features$/ }, ({ path }) => ({
      path,
      namespace: "native-module",
    }));
    building.onLoad({ filter: /.*/, namespace: "native-module" }, ({ path }) => ({
      contents: `throw new Error(${JSON.stringify(`${path}: native modules are left out of this bundle`)});`,
      loader: "js",
    }));
  },
};

const options = {
  bundle: true,
  write: false,
  platform: "node",
  format: "esm",
  target: "node24",
  legalComments: "none",
  // node_modules may be a link into the Nix store, whose path must not get into the text.
  preserveSymlinks: true,
  // Settings come from here alone, so that a bundle does not depend on files beside its sources.
  tsconfigRaw: {},
  banner: {
    js: [
      'import { createRequire as bundleCreateRequire } from "node:module";',
      "const require = bundleCreateRequire(import.meta.url);",
      "const __filename = import.meta.filename;",
      "const __dirname = import.meta.dirname;",
    ].join("\n"),
  },
  plugins: [withoutNativeModules],
  logLevel: "warning",
} as const satisfies BuildOptions;

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [entry, outfile] = process.argv.slice(2);
  const root = resolve(import.meta.dirname, "..");
  const wanted = entry === undefined ? Object.entries(bundles) : [[entry, outfile ?? "bundle.mjs"] as const];
  for (const [from, to] of wanted) {
    const text = await bundle(from, root);
    mkdirSync(dirname(join(root, to)), { recursive: true });
    writeFileSync(resolve(root, to), text);
  }
}
