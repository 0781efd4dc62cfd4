import assert from "node:assert/strict";
import { describe, test } from "node:test";
import * as fc from "fast-check";
import { ResolveError } from "../../../src/cygwin/resolve/explain.ts";
import { excludes, isMetBy } from "../../../src/cygwin/resolve/package-index.ts";
import { type Chosen, resolvePackages } from "../../../src/cygwin/resolve/resolve.ts";
import { parseSetupIni } from "../../../src/cygwin/setup-ini/parse.ts";
import { bigList } from "../setup-ini/big-list.ts";
import { makeList } from "./make-list.ts";
import { naiveClosure } from "./naive-closure.ts";

const windows = "10.0.19045";

describe("resolvePackages", () => {
  for (const [what, wanted, lines, expected] of [
    [
      "what is wanted, what that needs, and the category Base",
      ["a"],
      `a 1 depends2: b
       b 1 depends2: a, c
       c 1
       d 1
       base 1 category: Base; depends2: e
       e 1`,
      "a 1, b 1, base 1, c 1, e 1",
    ],
    [
      "the current version although there are newer ones on trial",
      ["a"],
      "a 2 [test]\na 1\na 0 [prev]",
      "a 1",
    ],
    [
      "an older version where a constraint demands it, with what that one needs",
      ["a"],
      `a 1 depends2: b (< 2)
       b 2 depends2: c
       b 1 [prev] depends2: d
       c 1
       d 1`,
      "a 1, b 1, d 1",
    ],
    [
      "an older version although the current one came first",
      ["a", "b"],
      `a 1 depends2: c
       c 1 depends2: b (< 2)
       b 2 depends2: x
       b 1 [prev]
       x 1`,
      "a 1, b 1, c 1",
    ],
    [
      "the newest of the older versions that fits",
      ["a"],
      "a 1 depends2: b (<= 2)\nb 3\nb 1 [prev]\nb 2 [prev]",
      "a 1, b 2",
    ],
    [
      "a version on trial where nothing else fits",
      ["a"],
      "a 1 depends2: b (>= 2)\nb 1\nb 2 [test]",
      "a 1, b 2",
    ],
    [
      "an older version of what asks, where that is the only way",
      ["a", "b"],
      `a 2 depends2: c (>= 2)
       a 1 [prev] depends2: c
       b 1 depends2: c (< 2)
       c 1`,
      "a 1, b 1, c 1",
    ],
    ["a package that provides what is needed", ["a"], "a 1 depends2: sh\nbash 1 provides: sh", "a 1, bash 1"],
    [
      "a provider of the version that is needed",
      ["a"],
      `a 1 depends2: api (>= 2)
       old 1 provides: api (= 1)
       young 1 provides: api (= 2)`,
      "a 1, young 1",
    ],
    [
      "a provider that is there anyway",
      ["a", "zsh"],
      "a 1 depends2: sh\nbash 1 provides: sh\nzsh 1 provides: sh",
      "a 1, zsh 1",
    ],
    [
      "the successor of an obsolete package, and the successor of that",
      ["a"],
      `a 1 depends2: old
       old 1 depends2: x
       middle 1 obsoletes: old
       new 1 obsoletes: middle (< 2), old
       x 1`,
      "a 1, new 1",
    ],
    [
      "an obsolete package where its successor does not provide it, as setup does",
      ["a", "b"],
      "a 1 depends2: old\nb 1 depends2: old\nold 1\nnew 1 obsoletes: old; provides: other",
      "a 1, b 1, old 1",
    ],
    ["a package that a newer one is not obsoleted by", ["old"], "old 3\nnew 1 obsoletes: old (< 2)", "old 3"],
    [
      "a way around a conflict by an older version",
      ["a", "b"],
      "a 1 conflicts: b (>= 2)\nb 2\nb 1 [prev]",
      "a 1, b 1",
    ],
    [
      "another provider than the one with a conflict",
      ["a", "b"],
      "a 1 depends2: api\nb 1 conflicts: one\none 1 provides: api\ntwo 1 provides: api",
      "a 1, b 1, two 1",
    ],
    [
      "a version that asks for this Windows or an older one, and not for a newer one",
      ["a", "b"],
      "a 1 depends2: _windows (>= 6.3)\nb 2 depends2: _windows (>= 10.0.22000)\nb 1 [prev] depends2: _windows",
      "a 1, b 1",
    ],
    ["two packages that need each other", ["a"], "a 1 depends2: b (= 1)\nb 1 depends2: a (= 1)", "a 1, b 1"],
    [
      "two packages that obsolete each other",
      ["a", "b"],
      "a 1 obsoletes: c\nb 1\nc 1 obsoletes: a",
      "b 1, c 1",
    ],
  ] as const) {
    test(`takes ${what}`, () => {
      const found = resolvePackages(makeList(lines), wanted, windows);
      assert.equal(found.map(({ id }) => id).join(", "), expected);
    });
  }

  test("says who asked for each package", () => {
    const found = resolvePackages(makeList("a 1 depends2: b\nb 2 depends2: c\nc 3"), ["a"], windows);
    assert.deepEqual(
      found.map(({ because }) => because),
      [[], ["a 1"], ["a 1", "b 2"]],
    );
  });

  for (const [what, wanted, lines, expected] of [
    [
      "names that are not in the list, all at once, with the nearest ones",
      ["opensh", "tra", "zzzzzzzzzzzzzz"],
      "openssh 1\nopenssl 1\ntar 1",
      [
        "package opensh is not in the list; did you mean openssh, openssl?",
        "package tra is not in the list; did you mean tar?",
        "package zzzzzzzzzzzzzz is not in the list",
      ],
    ],
    [
      "the way to a dependency that is missing",
      ["a"],
      "a 1 depends2: b\nb 2 depends2: libfo\nlibfoo 1",
      [
        "a 1 -> b 2 needs libfo, and it cannot be installed:",
        "  the list has no such package; did you mean libfoo?",
      ],
    ],
    [
      "the versions that there are",
      ["a"],
      "a 1 depends2: b (> 3)\nb 2\nb 1 [prev]",
      ["a 1 needs b (> 3), and it cannot be installed:", "  the list has b 2 [curr], b 1 [prev]"],
    ],
    [
      "both ways to a clash of versions",
      ["a", "b"],
      "a 1 depends2: x\nx 1 depends2: c (= 1)\nb 1 depends2: c (= 2)\nc 2\nc 1 [prev]",
      ["a 1 -> x 1 needs c (= 1), and it cannot be installed:", "  c 1 cannot be beside c 2 (wanted by b 1)"],
    ],
    [
      "both ways to a conflict",
      ["a", "b"],
      "a 1 depends2: x\nx 1 depends2: y\ny 1 conflicts: z\nb 1 depends2: z\nz 1",
      ["a 1 -> x 1 needs y, and it cannot be installed:", "  y 1 cannot be beside z 1 (wanted by b 1)"],
    ],
    [
      "the clash, and why the way out of it fails",
      ["a", "b"],
      "a 1 depends2: api\nb 1\nb 2 [test] provides: api; depends2: _windows (>= 11)",
      [
        "a 1 needs api, and it cannot be installed:",
        "  b 2 cannot be beside b 1 (which is wanted)",
        "Another way fails too: b 2 needs _windows (>= 11), and it cannot be installed:",
        "  the machine has Windows 10.0.19045",
      ],
    ],
    [
      "the Windows that is too old",
      ["a"],
      "a 1 depends2: _windows (>= 11)",
      ["a 1 needs _windows (>= 11), and it cannot be installed:", "  the machine has Windows 10.0.19045"],
    ],
    [
      "a package that is there to be removed",
      ["a"],
      "a 1 depends2: _self-destruct",
      [
        "a 1 needs _self-destruct, and it cannot be installed:",
        "  the package that needs it exists only to be removed",
      ],
    ],
  ] as const) {
    test(`names ${what}`, () => {
      assert.throws(
        () => resolvePackages(makeList(lines), wanted, windows),
        (error) => {
          assert.ok(error instanceof ResolveError);
          assert.deepEqual(error.message.split("\n"), expected);
          return true;
        },
      );
    });
  }

  test("says that there are sources only", () => {
    const list = parseSetupIni(`@ a-src\nversion: 1\nsource: a 1 ${"0".repeat(128)}\n`);
    assert.throws(() => resolvePackages(list, ["a-src"], windows), {
      message: "the list has no program of package a-src, only its sources",
    });
  });

  test("gives a set in which every dependency is met and nothing conflicts, whatever the order of the list", () => {
    fc.assert(
      fc.property(smallList(), fc.func(fc.nat()), (lines, weigh) => {
        const wanted = ["a", "b"];
        const first = attempt(() => checkSound(resolvePackages(makeList(lines.join("\n")), wanted, windows)));
        const shuffled = lines
          .map((line, index) => ({ line, weight: weigh(index) }))
          .toSorted((left, right) => left.weight - right.weight)
          .map(({ line }) => line);
        assert.equal(
          attempt(() => resolvePackages(makeList(shuffled.join("\n")), wanted, windows)),
          first,
        );
      }),
      { numRuns: 300 },
    );
  });

  test("takes the closure that mkclosure of 2014 took, where no list knows constraints", () => {
    const list = parseSetupIni(bigList(2000).replaceAll("cygwin (>= 3.4)", "package-3"));
    const wanted = ["package-1999", "package-1234"];
    assert.deepEqual(
      resolvePackages(list, wanted, windows).map((each) => each.package.name),
      naiveClosure(list, wanted).names,
    );
  });

  test("gives up in time where nothing can help", () => {
    const names = Array.from({ length: 30 }, (_, index) => `p${index}`);
    const lines = names.flatMap((name, index) => [
      `${name} 2 depends2: x${index} (= 1)`,
      `${name} 1 [prev] depends2: x${index} (= 2)`,
      `x${index} 3 provides: y`,
    ]);
    const started = process.cpuUsage();
    assert.throws(() => resolvePackages(makeList(lines.join("\n")), names, windows), ResolveError);
    assert.ok(process.cpuUsage(started).user < 3e6);
  });
});

function checkSound(found: readonly Chosen[]): readonly Chosen[] {
  for (const each of found) {
    for (const dependency of each.version.depends)
      assert.ok(
        found.some((other) => isMetBy(dependency, other)),
        `${each.id} lacks ${dependency.name}`,
      );
    for (const other of found)
      assert.ok(other === each || !excludes(each, other), `${each.id} excludes ${other.id}`);
  }
  return found;
}

function attempt(resolve: () => readonly { readonly id: string }[]): string {
  try {
    return resolve()
      .map(({ id }) => id)
      .join(", ");
  } catch (error) {
    assert.ok(error instanceof ResolveError, String(error));
    return error.message;
  }
}

// One version of each of six names (so that the order of lines is no matter of sections), with relations among them.
function smallList(): fc.Arbitrary<readonly string[]> {
  const names = ["a", "b", "c", "d", "e", "f"];
  const relation = fc
    .tuple(
      fc.constantFrom("depends2", "depends2", "provides", "conflicts", "obsoletes"),
      fc.uniqueArray(fc.constantFrom(...names), { minLength: 1, maxLength: 2 }),
      fc.constantFrom("", " (< 2)", " (>= 2)"),
    )
    .map(([key, others, constraint]) => `${key}: ${others.map((other) => other + constraint).join(", ")}`);
  return fc.tuple(
    ...names.map((name) =>
      fc
        .tuple(fc.constantFrom("1", "2", "3"), fc.option(relation, { nil: "" }))
        .map(([version, keys]) => `${name} ${version} ${keys}`),
    ),
  );
}
