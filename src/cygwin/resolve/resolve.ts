import type { Dependency, SetupIni } from "../setup-ini/setup-ini.ts";
import { describeClashes, findMissing, ResolveError } from "./explain.ts";
import { satisfies } from "../versions.ts";
import { windowsPackage } from "../windows-version.ts";
import { buildPackageIndex, type Candidate, excludes, isMetBy, type PackageIndex } from "./package-index.ts";

/** A package of the closure and who asked for it first. */
export interface Chosen extends Candidate {
  /** From what was asked for to the package that needs this one; empty for what was asked for. */
  readonly because: readonly string[];
}

/** What somebody needs: a dependency and the way that led to it. */
export interface Demand {
  readonly dependency: Dependency;
  /** Undefined for what was asked for. */
  readonly by: Chosen | undefined;
}

/** Why a demand cannot be met: the candidates for it and the chosen packages that stand against each. */
export interface Clash {
  readonly demand: Demand;
  readonly against: readonly { readonly candidate: Candidate; readonly chosen: Chosen }[];
}

/**
 * The packages to install for these names and the category Base, sorted by name: the current version of each unless a
 * constraint demands another, obsoleted packages replaced, all of it for this version of Windows (such as `10.0.19045`).
 * The order of the list does not matter. Throws ResolveError
 * that names what is missing, or who wants what where not everything can be had at once.
 */
export function resolvePackages(
  list: SetupIni,
  wanted: readonly string[],
  windows: string,
): readonly Chosen[] {
  const index = buildPackageIndex(list, windows);
  const missing = wanted.filter((name) => index.find({ name }).length === 0);
  if (missing.length > 0) throw new ResolveError(findMissing(missing, index.names, list));
  const names = [...new Set([...wanted, ...index.inCategory("Base")])].sort();
  const roots = names.map((name): Demand => ({ dependency: { name }, by: undefined }));
  const found = search(index, roots);
  if ("clashes" in found) throw new ResolveError(describeClashes(found.clashes, index));
  return [...found.values()].sort((left, right) => (left.package.name < right.package.name ? -1 : 1));
}

type Solution = ReadonlyMap<string, Chosen>;

/**
 * Takes the preferred candidate of everything. Where that cannot be, one of those that are in each other's way is ruled
 * out, first the one that was there, then the one that asked. When nothing helps, it returns the clashes in their order.
 */
function search(
  index: PackageIndex,
  roots: readonly Demand[],
): Solution | { readonly clashes: readonly Clash[] } {
  const clashes: Clash[] = [];
  const attempt = (banned: ReadonlySet<string>): Solution | undefined => {
    const found = choose(index, roots, banned);
    if (!("demand" in found)) return found;
    clashes.push(found);
    for (const culprit of culpritsOf(found)) {
      if (clashes.length >= maxAttempts) break;
      const other = attempt(new Set([...banned, culprit.id]));
      if (other !== undefined) return other;
    }
    return undefined;
  };
  return attempt(new Set()) ?? { clashes };
}

// Real lists need one or two; more says that there is no solution, or none that a person would expect.
const maxAttempts = 200;

function culpritsOf({ demand, against }: Clash): Candidate[] {
  const chosen = against.map((each) => each.chosen);
  const culprits = demand.by === undefined ? chosen : [...chosen, demand.by];
  return [...new Map(culprits.map((culprit) => [culprit.id, culprit])).values()];
}

/** Goes through the demands, nearest ones first, and takes the first candidate that fits to what was taken before. */
function choose(
  index: PackageIndex,
  roots: readonly Demand[],
  banned: ReadonlySet<string>,
): Map<string, Chosen> | Clash {
  const taken = new Map<string, Chosen>();
  // What taken packages provide or exclude by another name than their own is looked at for the few that do so.
  const special: Chosen[] = [];
  const demands = [...roots];
  for (let next = 0; next < demands.length; next++) {
    const demand = demands[next];
    if (demand === undefined) break;
    if (isMetAlready(demand.dependency, taken, special) || isMetByWindows(demand.dependency, index)) continue;
    const against: Clash["against"][number][] = [];
    const candidates = candidatesFor(index, demand.dependency, banned);
    const candidate = candidates.find((each) => {
      const chosen = obstacle(each, taken, special);
      if (chosen !== undefined) against.push({ candidate: each, chosen });
      return chosen === undefined;
    });
    if (candidate === undefined) return { demand, against };
    const chosen = { ...candidate, because: reasonOf(demand) };
    taken.set(candidate.package.name, chosen);
    if (isSpecial(candidate)) special.push(chosen);
    for (const dependency of candidate.version.depends) demands.push({ dependency, by: chosen });
  }
  return taken;
}

function reasonOf({ by }: Demand): readonly string[] {
  return by === undefined ? [] : [...by.because, by.id];
}

function isMetAlready(
  dependency: Dependency,
  taken: ReadonlyMap<string, Chosen>,
  special: readonly Chosen[],
): boolean {
  const same = taken.get(dependency.name);
  return (
    (same !== undefined && isMetBy(dependency, same)) || special.some((chosen) => isMetBy(dependency, chosen))
  );
}

function isMetByWindows({ name, constraint }: Dependency, { windows }: PackageIndex): boolean {
  return name === windowsPackage && (constraint === undefined || satisfies(windows, constraint));
}

/** In the order of preference; before each what obsoletes it, as long as that is what is asked for too. */
function candidatesFor(
  index: PackageIndex,
  dependency: Dependency,
  banned: ReadonlySet<string>,
): readonly Candidate[] {
  const candidates = index
    .find(dependency)
    .flatMap((candidate) => [successor(index, dependency, candidate, new Set()), candidate]);
  return [...new Set(candidates)].filter((candidate) => !banned.has(candidate.id));
}

// Of two that obsolete each other the first stays.
function successor(
  index: PackageIndex,
  dependency: Dependency,
  candidate: Candidate,
  seen: Set<string>,
): Candidate {
  seen.add(candidate.id);
  const next = index.obsoletedBy(candidate).find((each) => !seen.has(each.id) && isMetBy(dependency, each));
  return next === undefined ? candidate : successor(index, dependency, next, seen);
}

/** The package taken before that stands against this one, if any. */
function obstacle(
  candidate: Candidate,
  taken: ReadonlyMap<string, Chosen>,
  special: readonly Chosen[],
): Chosen | undefined {
  const same = taken.get(candidate.package.name);
  if (same !== undefined) return same;
  const excluding = special.find((chosen) => excludes(chosen, candidate));
  if (excluding !== undefined || !isSpecial(candidate)) return excluding;
  return [...taken.values()].find((chosen) => excludes(candidate, chosen));
}

function isSpecial({ version }: Candidate): boolean {
  return version.conflicts.length + version.obsoletes.length + (version.provides?.length ?? 0) > 0;
}
