import { nearest } from "../../text/nearest.ts";
import { formatDependency, type SetupIni } from "../setup-ini/setup-ini.ts";
import { windowsPackage } from "../windows-version.ts";
import type { PackageIndex } from "./package-index.ts";
import type { Chosen, Clash, Demand } from "./resolve.ts";

/** Packages that are not in the list or cannot be had together; the message says which and who wants them, without the list's name. */
export class ResolveError extends Error {
  override readonly name = "ResolveError";
}

/** One line a name that the list does not have, with those that may have been meant. */
export function findMissing(missing: readonly string[], names: readonly string[], list: SetupIni): string {
  const describe = (name: string): string =>
    list.packages.some((each) => each.name === name)
      ? `the list has no program of package ${name}, only its sources`
      : `package ${name} is not in the list${didYouMean(name, names)}`;
  return missing.map(describe).join("\n");
}

/** Who wants what and what stands against it: the first clash, and the first that shows why its way out leads nowhere. */
export function describeClashes(clashes: readonly Clash[], index: PackageIndex): string {
  const [first] = clashes;
  if (first === undefined) return "";
  const absent = clashes.find(({ demand }) => index.find({ name: demand.dependency.name }).length === 0);
  if (absent === undefined || absent === first) return describeClash(first, index);
  return `${describeClash(first, index)}\nAnother way fails too: ${describeClash(absent, index)}`;
}

function describeClash({ demand, against }: Clash, index: PackageIndex): string {
  const { dependency } = demand;
  const head = `${describeDemand(demand)}, and it cannot be installed:`;
  if (against.length > 0) {
    const lines = against.map(
      ({ candidate, chosen }) => `  ${candidate.id} cannot be beside ${describeChosen(chosen)}`,
    );
    return [head, ...lines].join("\n");
  }
  const others = index.find({ name: dependency.name });
  if (others.length > 0) {
    const versions = others.map(({ id, version }) => `${id} [${version.section}]`).join(", ");
    return `${head}\n  the list has ${versions}`;
  }
  return `${head}\n  ${whyAbsent(dependency.name, index)}`;
}

// The first two are names that setup gives a meaning.
function whyAbsent(name: string, { windows, names }: PackageIndex): string {
  if (name === windowsPackage) return `the machine has Windows ${windows}`;
  if (name === "_self-destruct") return "the package that needs it exists only to be removed";
  return `the list has no such package${didYouMean(name, names)}`;
}

function describeDemand({ dependency, by }: Demand): string {
  const what = formatDependency(dependency);
  if (by === undefined) return `${what} is wanted`;
  return `${[...by.because, by.id].join(" -> ")} needs ${what}`;
}

function describeChosen(chosen: Chosen): string {
  const reason = chosen.because.length === 0 ? "which is wanted" : `wanted by ${chosen.because.join(" -> ")}`;
  return `${chosen.id} (${reason})`;
}

// Three at most.
function didYouMean(name: string, names: readonly string[]): string {
  const found: string[] = [];
  for (let rest = names; found.length < 3; rest = rest.filter((each) => !found.includes(each))) {
    const next = nearest(name, rest);
    if (next === undefined) break;
    found.push(next);
  }
  return found.length === 0 ? "" : `; did you mean ${found.join(", ")}?`;
}
