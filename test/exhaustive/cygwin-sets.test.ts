import assert from "node:assert/strict";
import { test } from "node:test";
import * as fc from "fast-check";
import { ResolveError } from "../../src/cygwin/resolve/explain.ts";
import {
  buildPackageIndex,
  type Candidate,
  excludes,
  isMetBy,
} from "../../src/cygwin/resolve/package-index.ts";
import { resolvePackages } from "../../src/cygwin/resolve/resolve.ts";
import type { SetupIni } from "../../src/cygwin/setup-ini/setup-ini.ts";
import { makeList } from "../cygwin/resolve/make-list.ts";

const wanted = ["a", "b"];
const windows = "10.0.19045";

test("resolvePackages finds a set that fits whenever trying all of them finds one, for small lists", () => {
  let solvable = 0;
  fc.assert(
    fc.property(smallList(), (lines) => {
      const list = makeList(lines.join("\n"));
      const exists = someSetFits(list);
      solvable += Number(exists);
      assert.equal(canResolve(list), exists);
    }),
    { numRuns: 400 },
  );
  assert.ok(solvable > 100 && solvable < 400, `${solvable} of the lists had a solution`);
});

function canResolve(list: SetupIni): boolean {
  try {
    assert.ok(fits(resolvePackages(list, wanted, windows)), "the set that was found does not fit");
    return true;
  } catch (error) {
    assert.ok(error instanceof ResolveError, String(error));
    return false;
  }
}

/** Tries every choice of at most one version of each package. */
function someSetFits(list: SetupIni): boolean {
  const index = buildPackageIndex(list, windows);
  let sets: Candidate[][] = [[]];
  for (const name of index.names) {
    const versions = index.find({ name }).filter((candidate) => candidate.package.name === name);
    sets = sets.flatMap((set) => [set, ...versions.map((version) => [...set, version])]);
  }
  return sets.some(fits);
}

function fits(set: readonly Candidate[]): boolean {
  const isMet = (dependency: Parameters<typeof isMetBy>[0]): boolean =>
    set.some((candidate) => isMetBy(dependency, candidate));
  return (
    wanted.every((name) => isMet({ name })) &&
    set.every(({ version }) => version.depends.every(isMet)) &&
    set.every((each) => set.every((other) => other === each || !excludes(each, other)))
  );
}

// One or two versions of each of five names, with one relation or two.
function smallList(): fc.Arbitrary<readonly string[]> {
  const names = ["a", "b", "c", "d", "e"];
  const relation = fc
    .tuple(
      fc.constantFrom("depends2", "depends2", "provides", "conflicts", "obsoletes"),
      fc.uniqueArray(fc.constantFrom(...names), { minLength: 1, maxLength: 2 }),
      fc.constantFrom("", "", " (< 2)", " (>= 2)"),
    )
    .map(([key, others, constraint]) => `${key}: ${others.map((other) => other + constraint).join(", ")}`);
  const relations = fc
    .uniqueArray(relation, { maxLength: 2, selector: (text) => text.split(":")[0] })
    .map((texts) => texts.join("; "));
  return fc
    .tuple(
      ...names.map((name) =>
        fc
          .tuple(relations, fc.option(relations, { nil: undefined }))
          .map(([now, before]) => [
            `${name} 2 ${now}`,
            ...(before === undefined ? [] : [`${name} 1 [prev] ${before}`]),
          ]),
      ),
    )
    .map((lines) => lines.flat());
}
