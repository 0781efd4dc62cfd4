import { isMetBy } from "../../cygwin/resolve/package-index.ts";
import { type Chosen, resolvePackages } from "../../cygwin/resolve/resolve.ts";
import type { SetupIni } from "../../cygwin/setup-ini/setup-ini.ts";

/** The Windows that the stand-in says it is, as `_windows` in a list sees it. */
const windows = "10.0.19045";

/**
 * What setup installs for -P and -C: these and the category Base with all that they need, dependencies first, which is
 * the order of their postinstall scripts, too. Throws ResolveError for what is missing or cannot be had together.
 */
export function packagesToInstall(
  list: SetupIni,
  wanted: readonly string[],
  categories: readonly string[],
): readonly Chosen[] {
  const byCategory = list.packages
    .filter((each) => each.categories.some((category) => categories.includes(category)))
    .map(({ name }) => name);
  return dependenciesFirst(resolvePackages(list, [...wanted, ...byCategory], windows));
}

function dependenciesFirst(chosen: readonly Chosen[]): readonly Chosen[] {
  const ordered = new Set<Chosen>();
  const visiting = new Set<Chosen>();
  const visit = (each: Chosen): void => {
    // Packages that need each other come in the order of their names.
    if (ordered.has(each) || visiting.has(each)) return;
    visiting.add(each);
    for (const dependency of each.version.depends) {
      const needed = chosen.find((other) => isMetBy(dependency, other));
      if (needed !== undefined) visit(needed);
    }
    ordered.add(each);
  };
  for (const each of chosen) visit(each);
  return [...ordered];
}
