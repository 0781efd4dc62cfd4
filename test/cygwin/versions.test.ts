import assert from "node:assert/strict";
import { describe, test } from "node:test";
import * as fc from "fast-check";
import { compareVersions, satisfies } from "../../src/cygwin/versions.ts";

describe("compareVersions", () => {
  // Orders of RPM's own tests (rpmvercmp.at), of libsolv's code, and of releases that Cygwin really had.
  for (const order of [
    ["1.0", "1.1"],
    ["2.0", "2.0.1", "2.0.1a"],
    ["5.5p1", "5.5p2", "5.5p10"],
    ["10xyz", "10.1xyz"],
    ["xyz", "xyz10"],
    ["xyz.4", "8"],
    ["5.5p2", "5.6p1"],
    ["6.0", "6.0.rc1"],
    ["10a2", "10b2"],
    ["1.0a", "1.0aa"],
    ["2.50", "10.0001"],
    ["1.0~rc1", "1.0~rc2", "1.0", "1.0^git1", "1.0^git2", "1.01"],
    ["1.0~rc1~git123", "1.0~rc1"],
    ["1.0^git1~pre", "1.0^git1"],
    ["1.7.32-1", "1.7.33-1", "2.0.0-1", "3.4.10-1", "3.5.0-0.1.g1234", "3.5.0-1"],
    ["000244-1", "000245-1", "00333-1"],
    ["1.0", "1.0-1", "1.0-2", "1.0-10"],
    ["1.9-9", "1:0.1-1", "2:0-1"],
    ["20110921-2", "20140524-1"],
    ["9.7p1-1", "9.9p2-1", "10.0p2-1"],
  ]) {
    test(`orders ${order.join(" < ")}`, () => {
      for (const [index, left] of order.entries()) {
        for (const [other, right] of order.entries())
          assert.equal(Math.sign(compareVersions(left, right)), Math.sign(index - other), `${left} ${right}`);
      }
    });
  }

  for (const [left, right] of [
    ["1.0", "1_0"],
    ["1.0", "1.00"],
    ["1.0", "1.0."],
    ["0:1.0-1", "1.0-1"],
    ["1.0010", "1.10"],
  ] as const) {
    test(`takes ${left} and ${right} for the same`, () => {
      assert.equal(compareVersions(left, right), 0);
    });
  }

  test("is an order: antisymmetric and transitive", () => {
    const version = fc.stringMatching(/^([12]:)?[01a.~^+]{0,5}(-[01a.]{0,2})?$/);
    fc.assert(
      fc.property(version, version, version, (a, b, c) => {
        assert.equal(Math.sign(compareVersions(a, b)), -Math.sign(compareVersions(b, a)) + 0);
        if (compareVersions(a, b) <= 0 && compareVersions(b, c) <= 0) assert.ok(compareVersions(a, c) <= 0);
      }),
      { numRuns: 2000 },
    );
  });
});

describe("satisfies", () => {
  for (const [version, operator, wanted, expected] of [
    ["1.2-3", "=", "1.2-3", true],
    ["1.2-3", "=", "1.2", true],
    ["1.2-3", ">=", "1.2", true],
    ["1.2-3", ">", "1.2", false],
    ["1.2-3", "<", "1.2", false],
    ["1.2-3", "<=", "1.2", true],
    ["1.2-3", "=", "1.2-4", false],
    ["1.2-3", "<", "1.2-10", true],
    ["1.3", ">", "1.2-9", true],
    ["1:1.0", "<", "2.0", false],
  ] as const) {
    test(`${version} is ${expected ? "" : "not "}${operator} ${wanted}`, () => {
      assert.equal(satisfies(version, { operator, version: wanted }), expected);
    });
  }
});
