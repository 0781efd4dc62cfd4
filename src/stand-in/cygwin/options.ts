/** What setup-x86_64.exe was told; options that change nothing here are only checked. */
export interface SetupOptions {
  readonly unattended: boolean;
  readonly localInstall: boolean;
  readonly noVerify: boolean;
  /** Windows path. */
  readonly packageFolder: string | undefined;
  /** Windows path. */
  readonly root: string | undefined;
  readonly packages: readonly string[];
  readonly categories: readonly string[];
}

// Letters and names of Cygwin's setup (facts of 2026); `value` options take one more word.
const flags: Readonly<Record<string, string>> = {
  L: "local-install",
  X: "no-verify",
  m: "mirror-mode",
  n: "no-shortcuts",
  N: "no-startmenu",
  d: "no-desktop",
  B: "no-admin",
  W: "wait",
  g: "upgrade-also",
  o: "delete-orphans",
  Y: "prune-install",
  O: "only-site",
  r: "no-replaceonreboot",
  D: "download",
  M: "package-manager",
};
const flagNames = new Set([
  ...Object.values(flags),
  "no-version-check",
  "no-write-registry",
  "allow-unsupported-windows",
  "verbose",
]);
const values: Readonly<Record<string, string>> = {
  l: "local-package-dir",
  R: "root",
  P: "packages",
  C: "categories",
  s: "site",
  x: "remove-packages",
  K: "pubkey",
};
const valueNames = new Set([...Object.values(values), "symlink-type"]);

/** Parses the options; a text is the reason for refusing them. */
export function parseOptions(words: readonly string[]): SetupOptions | string {
  const given = new Map<string, string>();
  for (let at = 0; at < words.length; at++) {
    const word = words[at] ?? "";
    const [name, attached] = nameOf(word);
    if (name === undefined) return `unknown option or word: ${word}`;
    if (name === "quiet-mode") {
      if (attached !== undefined && !["unattended", "noinput", "hidden"].includes(attached))
        return `--quiet-mode takes unattended, noinput or hidden, got ${attached}`;
      given.set(name, attached ?? "unattended");
    } else if (flagNames.has(name)) given.set(name, "");
    else {
      const value = attached ?? words[++at];
      if (value === undefined) return `${word} has no value`;
      given.set(name, value);
    }
  }
  const list = (name: string): string[] => (given.get(name) ?? "").split(",").filter((item) => item !== "");
  return {
    unattended: given.has("quiet-mode"),
    localInstall: given.has("local-install"),
    noVerify: given.has("no-verify"),
    packageFolder: given.get("local-package-dir"),
    root: given.get("root"),
    packages: list("packages"),
    categories: list("categories"),
  };
}

function nameOf(word: string): [string | undefined, string | undefined] {
  const long = /^--([a-z-]+)(?:=(.*))?$/s.exec(word);
  if (long !== null) {
    const name = long[1] ?? "";
    return [name === "quiet-mode" || flagNames.has(name) || valueNames.has(name) ? name : undefined, long[2]];
  }
  if (word === "-q") return ["quiet-mode", undefined];
  const short = /^-([A-Za-z])$/.exec(word)?.[1] ?? "";
  return [flags[short] ?? values[short], undefined];
}
