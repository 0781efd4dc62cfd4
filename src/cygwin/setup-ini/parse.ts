import type { Dependency, SetupIni } from "./setup-ini.ts";
import { Builder } from "./builder.ts";
import { readArchive, readDependencies, readMessage, readSourcePackage, readWords } from "./read-items.ts";
import { Scanner } from "./scanner.ts";

/**
 * Parses setup.ini by the grammar of cygwin-setup (iniparse.yy, inilex.ll), in time that grows with its length. Lines with
 * a key that is not known are skipped, as setup does. Throws SetupIniError.
 */
export function parseSetupIni(text: string): SetupIni {
  const scanner = new Scanner(text);
  const builder = new Builder();
  while (!scanner.atEnd) readLine(scanner, builder);
  return builder.finish();
}

function readLine(scanner: Scanner, builder: Builder): void {
  const lineStart = scanner.at;
  if (scanner.take("#")) {
    if (scanner.at !== lineStart + 1) scanner.fail("a comment starts in the first column", lineStart);
    return scanner.skipLine();
  }
  if (scanner.atLineEnd()) return scanner.endLine();
  if (scanner.take("@")) return readPackageName(scanner, builder);
  if (scanner.take("[")) return readSection(scanner, builder, lineStart);
  const start = scanner.at;
  const key = scanner.bareWord();
  if (key === "Package:") return readPackageName(scanner, builder);
  const item = items.get(key);
  if (item !== undefined) {
    if (item.where === "package" && !builder.inPackage)
      scanner.fail(`${key} belongs below a package (a line such as "@ bash")`, start);
    if (item.where === "header" && builder.inPackage)
      scanner.fail(`${key} belongs before the first package`, start);
    item.read(scanner, builder);
    return scanner.endLine();
  }
  if (key.endsWith(":") && start === lineStart) return scanner.skipLine();
  scanner.fail(
    `a line starts with "@ NAME", "[SECTION]", "KEY:" and a blank, or "#", got ${key === "" ? scanner.next() : JSON.stringify(key)}`,
    start,
  );
}

function readPackageName(scanner: Scanner, builder: Builder): void {
  builder.startPackage(scanner.string("the package's name"));
  scanner.endLine();
}

function readSection(scanner: Scanner, builder: Builder, lineStart: number): void {
  const name = scanner.bareWord();
  if (name === "" || !scanner.take("]"))
    scanner.fail("a section is written as [curr], [prev] or [test]", lineStart);
  if (!builder.inPackage) scanner.fail(`[${name}] belongs below a package`, lineStart);
  builder.startSection(name === "exp" ? "test" : name);
  scanner.endLine();
}

interface Item {
  readonly where: "header" | "package";
  readonly read: (scanner: Scanner, builder: Builder) => void;
}

const header = (read: Item["read"]): Item => ({ where: "header", read });
const item = (read: Item["read"]): Item => ({ where: "package", read });

const version = item((scanner, builder) => builder.version(scanner.string("the version")));
const install = item((scanner, builder) => builder.set("install", readArchive(scanner)));
const category = item((scanner, builder) => builder.setPackage("categories", readWords(scanner)));
const depends = item((scanner, builder) => builder.depends(readDependencies(scanner, ",")));
const buildDepends = item((scanner, builder) => builder.set("buildDepends", readDependencies(scanner, ",")));
const obsoletes = item((scanner, builder) => builder.set("obsoletes", readDependencies(scanner, ",")));
const provides = item((scanner, builder) => builder.set("provides", readDependencies(scanner, ",")));
const conflicts = item((scanner, builder) => builder.set("conflicts", readDependencies(scanner, ",")));

// The spellings of inilex.ll; case counts.
const items: ReadonlyMap<string, Item> = new Map<string, Item>([
  ["release:", header((scanner, builder) => builder.setHeader("release", scanner.string("the release")))],
  ["arch:", header((scanner, builder) => builder.setHeader("arch", scanner.string("the architecture")))],
  ["setup-timestamp:", header((scanner, builder) => builder.setHeader("timestamp", readNumber(scanner)))],
  [
    "setup-version:",
    header((scanner, builder) => builder.setHeader("setupVersion", scanner.string("the version"))),
  ],
  [
    "setup-minimum-version:",
    header((scanner, builder) => builder.setHeader("minimumVersion", scanner.string("the version"))),
  ],
  ["version:", version],
  ["Version:", version],
  ["install:", install],
  ["Filename:", install],
  ["source:", item((scanner, builder) => builder.set("source", readArchive(scanner)))],
  ["sdesc:", item((scanner, builder) => builder.setPackage("summary", scanner.string("the summary")))],
  [
    "ldesc:",
    item((scanner, builder) => builder.setPackage("description", scanner.string("the description"))),
  ],
  ["message:", item((scanner, builder) => builder.setPackage("message", readMessage(scanner)))],
  ["Source:", item((scanner, builder) => builder.set("sourcePackage", readSourcePackage(scanner)))],
  [
    "replace-versions:",
    item((scanner, builder) => builder.setPackage("replaceVersions", readWords(scanner))),
  ],
  ["category:", category],
  ["Section:", category],
  ["requires:", item((scanner, builder) => builder.depends(readDependencies(scanner, " ")))],
  ["depends:", depends],
  ["Depends:", depends],
  ["depends2:", depends],
  ["Depends2:", depends],
  ["build-depends:", buildDepends],
  ["build-Depends:", buildDepends],
  ["Build-depends:", buildDepends],
  ["Build-Depends:", buildDepends],
  ["obsoletes:", obsoletes],
  ["Obsoletes:", obsoletes],
  ["provides:", provides],
  ["Provides:", provides],
  ["conflicts:", conflicts],
  ["Conflicts:", conflicts],
]);

function readNumber(scanner: Scanner): number {
  const start = scanner.at;
  const text = scanner.string("a number");
  if (!/^\d{1,15}$/.test(text)) scanner.fail(`a number should be here, got ${JSON.stringify(text)}`, start);
  return Number(text);
}

/** Dependencies as a line of setup.ini has them behind `depends2:`. Throws SetupIniError. */
export function parseDependencies(text: string): readonly Dependency[] {
  const scanner = new Scanner(text);
  const dependencies = readDependencies(scanner, ",");
  if (!scanner.atEnd) scanner.fail(`the list should end here, got ${scanner.next()}`);
  return dependencies;
}
