import assert from "node:assert/strict";
import { test } from "node:test";
import { resolvePackages } from "../../src/cygwin/resolve/resolve.ts";
import { parseSetupIni } from "../../src/cygwin/setup-ini/parse.ts";
import { sampleList, sampleNames } from "../../tools/bench/sample-list.ts";

test("the made-up list is always the same, and what more packages need is more", () => {
  const text = sampleList();
  assert.equal(sampleList(), text);
  const list = parseSetupIni(text);
  const closure = (count: number): number =>
    resolvePackages(list, ["cygrunsrv", "openssh", "tar", ...sampleNames(count)], "10.0.19045").length;
  assert.equal(new Set(sampleNames(400)).size, 400);
  assert.ok(closure(25) > 100 && closure(400) > 2 * closure(25), `${closure(25)}, ${closure(400)}`);
});
