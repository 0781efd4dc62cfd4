import assert from "node:assert/strict";
import { test } from "node:test";
import { exampleBase } from "./bases.ts";
import { assertChangesAreTold, assertFixedIsFixed, randomBases } from "./promise.ts";

// test/exhaustive/explain.test.ts does the same with far more specs and with every file.

test("a line that another value takes away is told of that field, also for values that explain did not try", async () => {
  const { specs, lines } = await assertChangesAreTold(3, 5);
  assert.ok(specs >= 2, String(specs));
  assert.ok(lines >= 10, String(lines));
});

test("a line that is said to be the same for every spec is so in other specs", async () => {
  const base = await exampleBase("windows-server-2022");
  const looked = await assertFixedIsFixed(base, "media/floppy/Autounattend.xml", await randomBases(20, 4));
  assert.ok(looked.specs >= 10, String(looked.specs));
  assert.ok(looked.lines >= 1000, String(looked.lines));
});
