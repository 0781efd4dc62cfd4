import assert from "node:assert/strict";
import { test } from "node:test";
import { isModelOf, lacksSse42AndPopcnt } from "../../src/catalogue/cpu-models.ts";

test("models without SSE 4.2 or POPCNT are known with and without their version", () => {
  for (const model of ["qemu64", "qemu64-v1", "Penryn-v1", "phenom", "kvm64-v1", "Opteron_G3"])
    assert.ok(lacksSse42AndPopcnt(model), model);
  for (const model of ["Westmere-v1", "Nehalem", "host", "max", "EPYC-v4", "Opteron_G4", "qemu64-v"])
    assert.ok(!lacksSse42AndPopcnt(model), model);
});

test("a model is one of Arm's by its name, and host and max are everybody's", () => {
  const rows = [
    ["cortex-a76", "arm64", true],
    ["neoverse-n1", "arm64", true],
    ["cortex-a76", "amd64", false],
    ["Westmere-v1", "amd64", true],
    ["Westmere-v1", "x86", true],
    ["Westmere-v1", "arm64", false],
    ["host", "arm64", true],
    ["max", "x86", true],
  ] as const;
  for (const [model, architecture, expected] of rows)
    assert.equal(isModelOf(architecture, model), expected, `${model} on ${architecture}`);
});
