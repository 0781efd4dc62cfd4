import type { SetupIni } from "../../../src/cygwin/setup-ini/setup-ini.ts";

/**
 * What mkclosure did in 2014, as the baseline: follows the names in `requires:` of the first version of each package, from
 * the wanted ones and the category Base, and knows nothing else: no versions, provides, obsoletes or conflicts.
 */
export function naiveClosure(
  list: SetupIni,
  wanted: readonly string[],
): { readonly names: readonly string[]; readonly missing: readonly string[] } {
  const packages = new Map(list.packages.map((each) => [each.name, each]));
  const base = list.packages.filter(({ categories }) => categories.includes("Base")).map(({ name }) => name);
  const seen = new Set<string>();
  const missing = new Set<string>();
  const waiting = [...wanted, ...base];
  for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
    const found = packages.get(name);
    if (found === undefined) missing.add(name);
    else if (!seen.has(name)) {
      seen.add(name);
      waiting.push(...(found.versions[0]?.depends ?? []).map((dependency) => dependency.name));
    }
  }
  return { names: [...seen].sort(), missing: [...missing].sort() };
}
