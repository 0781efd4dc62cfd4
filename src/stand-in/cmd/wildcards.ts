import { existsSync, readdirSync, statSync } from "node:fs";
import { posix } from "node:path";
import { isInCygwin, toUnix } from "../machine/paths.ts";

/** A file or folder that a pattern found: Linux path, and its name as Windows shows it. */
export interface Found {
  readonly unix: string;
  readonly name: string;
  readonly isFolder: boolean;
}

export function hasWildcard(path: string): boolean {
  return /[*?]/.test(path);
}

/** Entries that a Windows pattern names, sorted by name; wildcards stand in the last part only. Nothing for a missing folder. */
export function findFiles(pattern: string, cwd: string): Found[] {
  const unix = toUnix(pattern, cwd);
  if (!hasWildcard(pattern)) {
    // Cygwin's programs have no .exe here, and are looked for with it.
    const plain = isInCygwin(unix) && /\.exe$/i.test(unix) ? unix.slice(0, -4) : unix;
    const stats = statSync(unix, { throwIfNoEntry: false }) ?? statSync(plain, { throwIfNoEntry: false });
    return stats === undefined
      ? []
      : [
          {
            unix: existsSync(unix) ? unix : plain,
            name: posix.basename(unix),
            isFolder: stats.isDirectory(),
          },
        ];
  }
  const folder = posix.dirname(unix);
  if (statSync(folder, { throwIfNoEntry: false })?.isDirectory() !== true) return [];
  const matches = compile(posix.basename(unix));
  return readdirSync(folder)
    .filter((name) => matches.test(name))
    .sort((a, b) => (a.toLowerCase() < b.toLowerCase() ? -1 : 1))
    .map((name) => ({
      unix: posix.join(folder, name),
      name,
      isFolder: statSync(posix.join(folder, name), { throwIfNoEntry: false })?.isDirectory() ?? false,
    }));
}

/** `*.*` means every name, with or without a dot. */
export function compile(pattern: string): RegExp {
  const text = pattern === "*.*" ? "*" : pattern;
  const source = text
    .replace(/[.+^${}()|[\]\\]/g, "\\$&")
    .replaceAll("*", ".*")
    .replaceAll("?", ".?");
  return new RegExp(`^${source}$`, "is");
}
