// Which packages of package-lock.json the derivations need: the runtime dependencies, and esbuild with its binding.
import { createHash } from "node:crypto";

/**
 * Returns the selected packages sorted by file name, one for each name and version:
 * { name, version, integrity, file, paths }. `paths` are the places in the tree that the package goes to.
 * Throws if the lock is of another version or lacks an integrity hash.
 */
export function selectTarballs(lock) {
  if (lock.lockfileVersion !== 3) {
    throw new Error(`package-lock.json: lockfileVersion is not supported, got ${lock.lockfileVersion}; allowed: 3`);
  }
  const selected = new Map();
  for (const [path, entry] of Object.entries(lock.packages)) {
    if (path === "" || !isNeeded(path, entry)) continue;
    const name = entry.name ?? path.slice(path.lastIndexOf("node_modules/") + "node_modules/".length);
    if (!/^sha512-[A-Za-z0-9+/]+=*$/.test(entry.integrity ?? "")) {
      throw new Error(`package-lock.json: ${path}: integrity is not a sha512 hash, got ${String(entry.integrity)}`);
    }
    const file = `${name.replace("@", "").replace("/", "-")}-${entry.version}.tgz`;
    const known = selected.get(file);
    if (known === undefined) {
      selected.set(file, { name, version: entry.version, integrity: entry.integrity, file, paths: [path] });
    } else if (known.integrity === entry.integrity) {
      known.paths.push(path);
    } else {
      throw new Error(`package-lock.json: two packages would be stored as ${file}: ${known.name} and ${name}`);
    }
  }
  return [...selected.values()].sort((a, b) => (a.file < b.file ? -1 : 1));
}

/** One hash over what is selected: it changes exactly when the tarballs do. */
export function hashSelection(packages) {
  const lines = packages.map(({ file, integrity }) => `${file} ${integrity}\n`).join("");
  return `sha256-${createHash("sha256").update(lines).digest("base64")}`;
}

// Bundling runs on x86_64-linux, where alone the VMs run. Optional packages are native speed-ups that need a compiler.
const esbuildPaths = ["node_modules/esbuild", "node_modules/@esbuild/linux-x64"];

function isNeeded(path, entry) {
  if (esbuildPaths.includes(path)) return true;
  return entry.dev !== true && entry.optional !== true && entry.devOptional !== true && entry.peer !== true;
}
