import assert from "node:assert/strict";
import { test } from "node:test";
import { renderFiles } from "../../src/artifacts/render-all.ts";
import { exampleBase } from "../explain/bases.ts";
import { assertChangesAreTold, assertFixedIsFixed, randomBases } from "../explain/promise.ts";
import { listExamples } from "../support/examples.ts";

test("in many random specs, a line that another value takes away is told of that field", async () => {
  const { specs, lines } = await assertChangesAreTold(45, 77);
  assert.ok(specs >= 35, String(specs));
  assert.ok(lines >= 150, String(lines));
});

test("in every file of every example, a line that is said to be the same for every spec is so in many others", async () => {
  const others = await randomBases(150, 11);
  for (const { name } of listExamples()) {
    const base = await exampleBase(name);
    for (const { path } of renderFiles(base.plan)) await assertFixedIsFixed(base, path, others);
  }
});
