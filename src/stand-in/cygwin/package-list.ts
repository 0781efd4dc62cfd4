/** One package of setup.ini, its current version only. */
export interface CygwinPackage {
  readonly name: string;
  readonly version: string;
  readonly categories: readonly string[];
  readonly depends: readonly string[];
  readonly archive: { readonly path: string; readonly bytes: number; readonly sha512: string } | undefined;
}

/** Reads setup.ini as far as an installer needs it: the newest section of each package, `requires`, `depends` and `depends2`. */
export function parsePackageList(text: string): Map<string, CygwinPackage> {
  const packages = new Map<string, CygwinPackage>();
  // Quoted descriptions can go over several lines and hold anything.
  for (const block of text
    .replace(/^([sl]desc|message):.*?"[^"]*"/gms, "")
    .split(/^@ /m)
    .slice(1)) {
    const [head = "", ...lines] = block.split(/\r?\n/);
    const current = lines.slice(0, endOfCurrent(lines));
    const field = (name: string): string | undefined =>
      current
        .find((line) => line.startsWith(`${name}:`))
        ?.slice(name.length + 1)
        .trim();
    const install = /^(\S+)\s+(\d+)\s+([0-9a-f]{128})$/i.exec(field("install") ?? "");
    packages.set(head.trim(), {
      name: head.trim(),
      version: field("version") ?? "",
      categories: (field("category") ?? "").split(/\s+/).filter((word) => word !== ""),
      depends: dependencies(field("requires"), field("depends2") ?? field("depends")),
      archive:
        install === null
          ? undefined
          : { path: install[1] ?? "", bytes: Number(install[2]), sha512: (install[3] ?? "").toLowerCase() },
    });
  }
  return packages;
}

// [prev] and [test] are other versions.
function endOfCurrent(lines: readonly string[]): number {
  const other = lines.findIndex((line) => /^\[(?!curr\])/.test(line));
  return other < 0 ? lines.length : other;
}

function dependencies(requires: string | undefined, depends: string | undefined): string[] {
  const plain = (requires ?? "").split(/\s+/);
  const versioned = (depends ?? "").split(",").map((each) => each.replace(/\(.*\)/, "").trim());
  return [...new Set([...plain, ...versioned].filter((name) => name !== ""))];
}

/** The packages to install, dependencies first; a text names what is missing. */
export function resolvePackages(
  list: ReadonlyMap<string, CygwinPackage>,
  wanted: readonly string[],
  categories: readonly string[],
): readonly CygwinPackage[] | string {
  const chosen = new Map<string, CygwinPackage>();
  const visiting = new Set<string>();
  const missing: string[] = [];
  const visit = (name: string, by: string): void => {
    if (chosen.has(name) || visiting.has(name)) return;
    const found = list.get(name);
    if (found === undefined) {
      missing.push(`${name} (${by})`);
      return;
    }
    visiting.add(name);
    for (const dependency of found.depends) visit(dependency, `needed by ${name}`);
    chosen.set(name, found);
  };
  for (const each of list.values()) {
    if (each.categories.some((category) => category === "Base" || categories.includes(category)))
      visit(each.name, "category");
  }
  for (const name of wanted) visit(name, "named by -P");
  return missing.length > 0 ? `not in setup.ini: ${missing.join(", ")}` : [...chosen.values()];
}
