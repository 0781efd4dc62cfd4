import { printSetupIni } from "../setup-ini/print.ts";
import { parseDependencies } from "../setup-ini/parse.ts";
import type { CygwinLock, LockedPackage } from "../lock-schema.ts";
import type { SetupPackage } from "../setup-ini/setup-ini.ts";

/**
 * The setup.ini of a folder that holds the lock's packages and no others. Everything is in the category Base, which setup
 * installs in any case: so it installs what the lock says, also where another package took the place of a wanted one.
 */
export function printPrunedList(lock: CygwinLock): string {
  const { release, arch, timestamp } = lock.list;
  return printSetupIni(
    {
      headers: {
        ...(release === null ? {} : { release }),
        arch,
        ...(timestamp === null ? {} : { timestamp }),
      },
      packages: lock.packages.map(toPackage),
    },
    "The packages of cygwin.lock.json and no others, by casement generate",
  );
}

function toPackage(locked: LockedPackage): SetupPackage {
  const { name, version, path, size, sha512, summary, categories, provides } = locked;
  return {
    name,
    ...(summary === undefined ? {} : { summary }),
    categories: [...new Set(["Base", ...categories])],
    replaceVersions: [],
    versions: [
      {
        section: "curr",
        version,
        install: { path, size, hash: { kind: "sha512", hex: sha512 } },
        depends: locked.depends.flatMap(parseDependencies),
        buildDepends: [],
        obsoletes: (locked.obsoletes ?? []).flatMap(parseDependencies),
        ...(provides === undefined ? {} : { provides: provides.flatMap(parseDependencies) }),
        conflicts: (locked.conflicts ?? []).flatMap(parseDependencies),
      },
    ],
  };
}
