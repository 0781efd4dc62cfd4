import * as fc from "fast-check";
import type {
  Archive,
  Dependency,
  PackageVersion,
  SetupIni,
  SetupPackage,
} from "../../../src/cygwin/setup-ini/setup-ini.ts";

/** Any list that setup.ini can hold, with words and texts that are as odd as the grammar allows. */
export function anySetupIni(): fc.Arbitrary<SetupIni> {
  const headers = fc.record(
    {
      release: word(),
      arch: word(),
      timestamp: fc.nat(),
      setupVersion: word(),
      minimumVersion: word(),
    },
    { requiredKeys: [], noNullPrototype: true },
  );
  return record({ headers, packages: fc.array(setupPackage(), { maxLength: 4 }) });
}

function setupPackage(): fc.Arbitrary<SetupPackage> {
  return fc.record(
    {
      name: word(),
      summary: text(),
      description: text(),
      categories: fc.array(word(), { maxLength: 2 }),
      message: record({ id: word(), text: text() }),
      replaceVersions: fc.array(word(), { maxLength: 2 }),
      versions: fc.array(packageVersion(), { maxLength: 3 }),
    },
    { requiredKeys: ["name", "categories", "replaceVersions", "versions"], noNullPrototype: true },
  );
}

function packageVersion(): fc.Arbitrary<PackageVersion> {
  const dependencies = fc.array(dependency(), { maxLength: 3 });
  const section = fc.oneof(
    fc.constantFrom("curr", "prev", "test"),
    bareWord().filter((name) => name !== "exp"),
  );
  return fc.record(
    {
      section,
      version: word(),
      install: archive(),
      source: archive(),
      sourcePackage: fc.oneof(record({ name: word() }), record({ name: word(), version: word() })),
      depends: dependencies,
      buildDepends: dependencies,
      obsoletes: dependencies,
      provides: dependencies,
      conflicts: dependencies,
    },
    {
      requiredKeys: ["section", "version", "depends", "buildDepends", "obsoletes", "conflicts"],
      noNullPrototype: true,
    },
  );
}

function archive(): fc.Arbitrary<Archive> {
  return record({
    path: word(),
    size: fc.nat(),
    hash: fc.oneof(
      record({ kind: fc.constant("md5" as const), hex: hex(32) }),
      record({ kind: fc.constant("sha512" as const), hex: hex(128) }),
    ),
  });
}

function dependency(): fc.Arbitrary<Dependency> {
  const constraint = record({
    operator: fc.constantFrom("=" as const, "<" as const, ">" as const, "<=" as const, ">=" as const),
    version: word(),
  });
  return fc.oneof(record({ name: word() }), record({ name: word(), constraint }));
}

function word(): fc.Arbitrary<string> {
  return fc.oneof({ weight: 4, arbitrary: bareWord() }, text(), fc.constantFrom("version:", "@", "exp"));
}

function bareWord(): fc.Arbitrary<string> {
  return fc.stringMatching(/^[!a-zA-Z0-9_./:+~-]{1,12}$/);
}

// All but what a quoted string cannot hold.
function text(): fc.Arbitrary<string> {
  const unit = fc.oneof(fc.constantFrom("\n", "@ ", "[prev]", "# ", "ä", "𝄞"), fc.string({ maxLength: 6 }));
  return fc.array(unit, { maxLength: 5 }).map((parts) => parts.join("").replaceAll(/["\r\uFEFF]/g, ""));
}

function hex(length: number): fc.Arbitrary<string> {
  return fc.stringMatching(new RegExp(`^[0-9a-f]{${length}}$`));
}

// Plain objects, as the parser makes them.
function record<T>(fields: { [Key in keyof T]: fc.Arbitrary<T[Key]> }): fc.Arbitrary<T> {
  return fc.record(fields, { noNullPrototype: true });
}
