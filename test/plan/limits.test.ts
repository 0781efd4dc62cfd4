import assert from "node:assert/strict";
import { test } from "node:test";
import { defaultLimits } from "../../src/plan/limits.ts";

test("emulation gets six times as long for everything", () => {
  const slow = Object.entries(defaultLimits("kvm")).map(([name, value]) => [name, Number(value) * 6]);
  assert.deepEqual(Object.entries(defaultLimits("tcg")), slow);
});
