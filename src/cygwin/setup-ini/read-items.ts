import type { Archive, Dependency, Operator, PackageVersion, SetupPackage } from "./setup-ini.ts";
import type { Scanner } from "./scanner.ts";

/** `PATH SIZE HASH`. */
export function readArchive(scanner: Scanner): Archive {
  const path = scanner.string("the archive's path");
  const sizeAt = skipTo(scanner);
  const size = scanner.string("the archive's size");
  if (!/^\d{1,15}$/.test(size))
    scanner.fail(`the archive's size should be a number of bytes, got ${JSON.stringify(size)}`, sizeAt);
  const hashAt = skipTo(scanner);
  const hash = readHash(scanner.string("the archive's hash"));
  if (hash === undefined)
    scanner.fail(
      "the archive's hash should be an MD5 of 32 hexadecimal digits, or a SHA-512 of 128 or in 86 characters of base64url",
      hashAt,
    );
  return { path, size: Number(size), hash };
}

/**
 * A list of dependencies. With commas a list may go on behind one on the next line, and may be empty; lists with blanks
 * are the older form (`requires:`).
 */
export function readDependencies(scanner: Scanner, separator: "," | " "): Dependency[] {
  const dependencies: Dependency[] = [];
  if (scanner.atLineEnd()) return dependencies;
  for (;;) {
    dependencies.push(readDependency(scanner));
    if (separator === ",") {
      if (!scanner.take(",")) return dependencies;
      if (scanner.atLineEnd() && !scanner.atEnd) scanner.endLine();
    } else if (scanner.atLineEnd()) return dependencies;
  }
}

/** Words to the end of the line. */
export function readWords(scanner: Scanner): string[] {
  const words: string[] = [];
  while (!scanner.atLineEnd()) words.push(scanner.string("a word"));
  return words;
}

/** `ID "TEXT"`. */
export function readMessage(scanner: Scanner): NonNullable<SetupPackage["message"]> {
  return { id: scanner.string("the message's id"), text: scanner.string("the message's text") };
}

/** `NAME` or `NAME (VERSION)`. */
export function readSourcePackage(scanner: Scanner): NonNullable<PackageVersion["sourcePackage"]> {
  const name = scanner.string("the source package's name");
  if (!scanner.take("(")) return { name };
  const version = scanner.string("the source package's version");
  close(scanner);
  return { name, version };
}

function readDependency(scanner: Scanner): Dependency {
  const name = scanner.string("a package's name");
  if (!scanner.take("(")) return { name };
  const operator = operators.find(([sign]) => scanner.take(sign))?.[1];
  if (operator === undefined) scanner.fail(`one of = < > <= >= should be here, got ${scanner.next()}`);
  const version = scanner.string("a version");
  close(scanner);
  return { name, constraint: { operator, version } };
}

function close(scanner: Scanner): void {
  if (!scanner.take(")")) scanner.fail(`")" should be here, got ${scanner.next()}`);
}

// Longer ones first. `<<` and `>>` are Debian's spelling, which setup knows too.
const operators: readonly (readonly [string, Operator])[] = [
  [">=", ">="],
  ["<=", "<="],
  ["<<", "<"],
  [">>", ">"],
  ["<", "<"],
  [">", ">"],
  ["=", "="],
];

function readHash(text: string): Archive["hash"] | undefined {
  if (/^[0-9a-f]{32}$/.test(text)) return { kind: "md5", hex: text };
  if (/^[0-9a-f]{128}$/.test(text)) return { kind: "sha512", hex: text };
  if (/^[A-Za-z0-9_-]{86}$/.test(text))
    return { kind: "sha512", hex: Buffer.from(text, "base64url").toString("hex") };
  return undefined;
}

// Where the next word starts, for messages about it.
function skipTo(scanner: Scanner): number {
  scanner.atLineEnd();
  return scanner.at;
}
