import { windowsPackage } from "../windows-version.ts";
import { isBareWord } from "./scanner.ts";
import {
  type Archive,
  type Dependency,
  formatDependency,
  type PackageVersion,
  type SetupIni,
  type SetupPackage,
} from "./setup-ini.ts";

/**
 * Prints a list so that parsing it gives the same data: dependencies as `depends2:` (and for old
 * setups their names as `requires:`), hashes in hexadecimal, one blank line
 * before each package, LF. Throws RangeError for a text that setup.ini cannot hold (a quotation mark; CR LF).
 */
export function printSetupIni(list: SetupIni, comment = ""): string {
  const lines: string[] = comment === "" ? [] : comment.split("\n").map((line) => `# ${line}`.trimEnd());
  const { release, arch, timestamp, setupVersion, minimumVersion } = list.headers;
  addField(lines, "release", release);
  addField(lines, "arch", arch);
  addField(lines, "setup-timestamp", timestamp === undefined ? undefined : String(timestamp));
  addField(lines, "setup-version", setupVersion);
  addField(lines, "setup-minimum-version", minimumVersion);
  for (const each of list.packages) addPackage(lines, each);
  return lines.length === 0 ? "" : `${lines.join("\n")}\n`;
}

function addPackage(lines: string[], each: SetupPackage): void {
  lines.push("", `@ ${word(each.name)}`);
  if (each.summary !== undefined) lines.push(`sdesc: ${quoted(each.summary)}`);
  if (each.description !== undefined) lines.push(`ldesc: ${quoted(each.description)}`);
  if (each.categories.length > 0) lines.push(`category: ${each.categories.map(word).join(" ")}`);
  if (each.message !== undefined)
    lines.push(`message: ${word(each.message.id)} ${quoted(each.message.text)}`);
  if (each.replaceVersions.length > 0)
    lines.push(`replace-versions: ${each.replaceVersions.map(word).join(" ")}`);
  let section = "curr";
  let isFirst = true;
  for (const version of each.versions) {
    if (!isFirst || version.section !== section) lines.push(`[${version.section}]`);
    section = version.section;
    isFirst = false;
    addVersion(lines, version);
  }
}

function addVersion(lines: string[], version: PackageVersion): void {
  lines.push(`version: ${word(version.version)}`);
  if (version.install !== undefined) lines.push(`install: ${archive(version.install)}`);
  if (version.source !== undefined) lines.push(`source: ${archive(version.source)}`);
  const { sourcePackage } = version;
  if (sourcePackage !== undefined) {
    const suffix = sourcePackage.version === undefined ? "" : ` (${word(sourcePackage.version)})`;
    lines.push(`Source: ${word(sourcePackage.name)}${suffix}`);
  }
  // Setups before 2.885 (2018) know this line and not the next one, which later ones take in its place.
  const names = version.depends.map(({ name }) => name).filter((name) => name !== windowsPackage);
  if (names.length > 0) lines.push(`requires: ${names.map(word).join(" ")}`);
  // Always, because a section without any keeps the ones of the section before.
  lines.push(`depends2: ${dependencies(version.depends)}`.trimEnd());
  if (version.buildDepends.length > 0) lines.push(`build-depends: ${dependencies(version.buildDepends)}`);
  if (version.obsoletes.length > 0) lines.push(`obsoletes: ${dependencies(version.obsoletes)}`);
  if (version.provides !== undefined) lines.push(`provides: ${dependencies(version.provides)}`.trimEnd());
  if (version.conflicts.length > 0) lines.push(`conflicts: ${dependencies(version.conflicts)}`);
}

function addField(lines: string[], key: string, value: string | undefined): void {
  if (value !== undefined) lines.push(`${key}: ${word(value)}`);
}

function archive({ path, size, hash }: Archive): string {
  return `${word(path)} ${size} ${hash.hex}`;
}

function dependencies(list: readonly Dependency[]): string {
  return list
    .map(({ name, constraint }) =>
      formatDependency({
        name: word(name),
        ...(constraint === undefined
          ? {}
          : { constraint: { ...constraint, version: word(constraint.version) } }),
      }),
    )
    .join(", ");
}

// A word that ends with a colon could be taken for a key, by older setups even in the middle of a line.
function word(text: string): string {
  return isBareWord(text) && !text.endsWith(":") ? text : quoted(text);
}

function quoted(text: string): string {
  if (text.includes('"') || text.includes("\r\n"))
    throw new RangeError(`setup.ini has no way to write ${JSON.stringify(text)}`);
  return `"${text}"`;
}
