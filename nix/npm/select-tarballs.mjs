// Which packages of package-lock.json the derivations need: the runtime dependencies, and what bundling needs.

/**
 * Returns the selected packages sorted by file name, one for each name and version:
 * { name, version, integrity, file, paths, bin }. `paths` are the places in the tree that the package goes to, `bin`
 * maps the names of its programs to files. Throws if the lock is of another version or lacks an integrity hash.
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
    const file = tarballFileName(name, entry.version);
    const known = selected.get(file);
    if (known === undefined) {
      const { version, integrity, bin = {} } = entry;
      selected.set(file, { name, version, integrity, file, paths: [path], bin });
    } else if (known.integrity === entry.integrity) {
      known.paths.push(path);
    } else {
      throw new Error(`package-lock.json: two packages would be stored as ${file}: ${known.name} and ${name}`);
    }
  }
  return [...selected.values()].sort((a, b) => (a.file < b.file ? -1 : 1));
}

/** The file name that `npm pack` gives the tarball of a package. */
export function tarballFileName(name, version) {
  return `${name.replace("@", "").replace("/", "-")}-${version}.tgz`;
}

// What only bundling needs: esbuild with its binding for x86_64-linux, where alone the VMs run. Optional packages are native speed-ups that need a compiler.
const bundlingPaths = new Set([
  "node_modules/esbuild",
  "node_modules/@esbuild/linux-x64",
]);

function isNeeded(path, entry) {
  if (bundlingPaths.has(path)) return true;
  return entry.dev !== true && entry.optional !== true && entry.devOptional !== true && entry.peer !== true;
}
