import assert from "node:assert/strict";
import { test } from "node:test";
import { releases } from "../../src/catalogue/releases.ts";
import { windowsVersion } from "../../src/cygwin/windows-version.ts";

for (const [build, expected] of [
  [2600, "5.1.2600"],
  [3790, "5.2.3790"],
  [7601, "6.1.7601"],
  [9600, "6.3.9600"],
  [19045, "10.0.19045"],
  [26100, "10.0.26100"],
] as const) {
  test(`build ${build} is Windows ${expected}`, () => {
    assert.equal(windowsVersion(build), expected);
  });
}

test("every release of the catalogue has a version", () => {
  for (const { id, build } of releases) assert.doesNotMatch(windowsVersion(build), /^5\.0/, id);
});
