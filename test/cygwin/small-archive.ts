import { createHash } from "node:crypto";
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

/** A small archive of Cygwin as files: a list, packages and the setup program. The packages are made up. */
export interface SmallArchive {
  readonly files: Map<string, Uint8Array>;
  readonly list: string;
}

export interface SmallArchiveOptions {
  readonly arch?: "x86_64" | "x86";
  /** Which hash the list has. */
  readonly hash?: "sha512" | "md5";
  /** Further lines of the list. */
  readonly more?: string;
  /** Version of openssh. */
  readonly openssh?: string;
  /** Put into each file, so that no other archive has the same. */
  readonly salt?: string;
}

/** Makes it: Base has bash and cygwin; openssh needs cygrunsrv; wget is there for specs that want it. */
export function makeSmallArchive(options: SmallArchiveOptions = {}): SmallArchive {
  const { arch = "x86_64", hash = "sha512", openssh = "9.9p1-1", salt = "" } = options;
  const files = new Map<string, Uint8Array>();
  const add = (name: string, version: string, keys: string): string => {
    const path = `${arch}/release/${name}/${name}-${version}.tar.xz`;
    const content = Buffer.from(`not really ${name} ${version}${salt}\n`);
    files.set(path, content);
    return `@ ${name}\nsdesc: "This is ${name}"\n${keys}\nversion: ${version}\ninstall: ${path} ${content.length} ${createHash(hash).update(content).digest("hex")}\n`;
  };
  const list = [
    `# made for a test\nrelease: cygwin\narch: ${arch}\nsetup-timestamp: 1700000000\nsetup-version: 2.937\n`,
    add("bash", "5.2-1", "category: Base Shells\nrequires: cygwin"),
    add("cygwin", "3.5-1", "category: Base"),
    add("cygrunsrv", "1.62-1", "category: Admin\nrequires: cygwin"),
    add("openssh", openssh, "category: Net\nrequires: cygwin cygrunsrv libssl3"),
    add("libssl3", "3.0-1", "category: Libs\nrequires: cygwin"),
    add("tar", "1.35-1", "category: Archive\nrequires: cygwin"),
    add("wget", "1.24-1", "category: Web\nrequires: libssl3"),
    options.more ?? "",
  ].join("\n");
  files.set(`${arch}/setup.ini`, Buffer.from(list));
  files.set(`setup-${arch}.exe`, Buffer.from(`MZ this is no program${salt}\n`));
  return { files, list };
}

/** Writes the archive into a folder, laid out as it is. */
export function writeArchive(archive: SmallArchive, folder: string): void {
  for (const [path, content] of archive.files) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
  }
}
