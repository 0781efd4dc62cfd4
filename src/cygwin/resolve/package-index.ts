import type { Archive, Dependency, PackageVersion, SetupIni, SetupPackage } from "../setup-ini/setup-ini.ts";
import { compareVersions, satisfies } from "../versions.ts";

/** One version of a package that can be installed. */
export interface Candidate {
  readonly package: SetupPackage;
  readonly version: PackageVersion & { readonly install: Archive };
  /** Name and version, such as `bash 5.2.21-1`. */
  readonly id: string;
}

/** The list by what packages are called and what they provide. */
export interface PackageIndex {
  /** Version of the Windows that it is for, such as `10.0.19045`. */
  readonly windows: string;
  readonly names: readonly string[];
  /** Packages of this name and packages that provide it; the one to prefer first. */
  readonly find: (dependency: Dependency) => readonly Candidate[];
  /** Current packages that take the place of this one. */
  readonly obsoletedBy: (candidate: Candidate) => readonly Candidate[];
  readonly inCategory: (category: string) => readonly string[];
}

/** Builds the index; versions without an archive are left out. */
export function buildPackageIndex(list: SetupIni, windows: string): PackageIndex {
  const named = new Map<string, Candidate[]>();
  for (const each of list.packages) {
    const candidates = candidatesOf(each);
    if (candidates.length > 0) named.set(each.name, [...(named.get(each.name) ?? []), ...candidates]);
  }
  for (const candidates of named.values()) candidates.sort(comparePreference);
  const providers = groupBy(named, providedBy);
  // Only what would be installed takes the place of another; an old version does not.
  const obsoleters = groupBy(named, ({ version }) => (version.section === "curr" ? version.obsoletes : []));
  return {
    windows,
    names: [...named.keys()].sort(),
    find: (dependency) => [
      ...(named.get(dependency.name) ?? []).filter(({ version }) => isMet(dependency, version.version)),
      ...(providers.get(dependency.name) ?? [])
        .filter(({ offer }) => offersMeet(dependency, offer))
        .map(({ candidate }) => candidate),
    ],
    obsoletedBy: (candidate) =>
      (obsoleters.get(candidate.package.name) ?? [])
        .filter(({ offer }) => isMet(offer, candidate.version.version))
        .map((found) => found.candidate),
    inCategory: (category) =>
      [...named]
        .filter(([, [first]]) => first?.package.categories.includes(category) === true)
        .map(([name]) => name)
        .sort(),
  };
}

/** Whether a package of this name and version, or one that provides or takes the place of it, is what the dependency asks for. */
export function isMetBy(dependency: Dependency, candidate: Candidate): boolean {
  if (candidate.package.name === dependency.name && isMet(dependency, candidate.version.version)) return true;
  return providedBy(candidate).some(
    (offer) => offer.name === dependency.name && offersMeet(dependency, offer),
  );
}

/** Whether the first says that it cannot be installed beside the second, or takes its place. */
export function excludes(first: Candidate, second: Candidate): boolean {
  if (first.package.name === second.package.name) return first.version.version !== second.version.version;
  return (
    first.version.conflicts.some((conflict) => isMetBy(conflict, second)) ||
    first.version.obsoletes.some(
      (old) => old.name === second.package.name && isMet(old, second.version.version),
    )
  );
}

function candidatesOf(each: SetupPackage): Candidate[] {
  return each.versions.flatMap((version) => {
    const { install } = version;
    if (install === undefined) return [];
    return [{ package: each, version: { ...version, install }, id: `${each.name} ${version.version}` }];
  });
}

// The current version, then older ones from new to old; what is on trial comes last.
function comparePreference(left: Candidate, right: Candidate): number {
  return (
    rank(left.version.section) - rank(right.version.section) ||
    compareVersions(right.version.version, left.version.version)
  );
}

function rank(section: string): number {
  return section === "curr" ? 0 : section === "test" ? 2 : 1;
}

// Like setup: a package that does not say what it provides provides what it obsoletes.
function providedBy({ package: { name }, version }: Candidate): readonly Dependency[] {
  return (version.provides ?? version.obsoletes).filter((offer) => offer.name !== name);
}

interface Offer {
  readonly candidate: Candidate;
  readonly offer: Dependency;
}

function groupBy(
  named: ReadonlyMap<string, readonly Candidate[]>,
  listOf: (candidate: Candidate) => readonly Dependency[],
): Map<string, readonly Offer[]> {
  const groups = new Map<string, Offer[]>();
  for (const candidate of [...named.values()].flat()) {
    for (const offer of listOf(candidate)) {
      if (offer.name === candidate.package.name) continue;
      const group = groups.get(offer.name);
      if (group === undefined) groups.set(offer.name, [{ candidate, offer }]);
      else group.push({ candidate, offer });
    }
  }
  for (const group of groups.values()) group.sort(compareOffers);
  return groups;
}

// Current versions first, then by name, so that the order of the list does not matter.
function compareOffers({ candidate: left }: Offer, { candidate: right }: Offer): number {
  const byRank = rank(left.version.section) - rank(right.version.section);
  if (byRank !== 0) return byRank;
  if (left.package.name !== right.package.name) return left.package.name < right.package.name ? -1 : 1;
  return compareVersions(right.version.version, left.version.version);
}

function isMet({ constraint }: Dependency, version: string): boolean {
  return constraint === undefined || satisfies(version, constraint);
}

// Like libsolv for RPM: who provides a name without a version (or with another comparison than =) provides all versions.
function offersMeet(dependency: Dependency, { constraint }: Dependency): boolean {
  return constraint?.operator !== "=" || isMet(dependency, constraint.version);
}
