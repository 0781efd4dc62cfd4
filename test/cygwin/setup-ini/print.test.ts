import assert from "node:assert/strict";
import { describe, test } from "node:test";
import * as fc from "fast-check";
import { parseSetupIni } from "../../../src/cygwin/setup-ini/parse.ts";
import { printSetupIni } from "../../../src/cygwin/setup-ini/print.ts";
import { anySetupIni } from "./arbitrary.ts";

describe("printSetupIni", () => {
  test("prints what parses to the same list", () => {
    fc.assert(
      fc.property(anySetupIni(), (list) => {
        assert.deepEqual(parseSetupIni(printSetupIni(list, "a comment\nof two lines")), list);
      }),
      { numRuns: 300 },
    );
  });

  test("prints as Cygwin's own lists look", () => {
    const text = `# note
release: cygwin
arch: x86_64

@ bash
sdesc: "Shell"
category: Base Shells
version: 5-1
install: a/b.tar.xz 1 ${"0".repeat(128)}
requires: cygwin sed
depends2: cygwin (>= 3), sed, _windows (>= 6.1)
[prev]
version: 4-1
depends2:
`;
    assert.equal(printSetupIni(parseSetupIni(text), "note"), text);
  });

  test("refuses what no setup.ini can hold", () => {
    const list = { headers: { release: 'a"b' }, packages: [] };
    assert.throws(() => printSetupIni(list), RangeError);
  });
});
