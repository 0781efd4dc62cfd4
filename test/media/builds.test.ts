import assert from "node:assert/strict";
import { test } from "node:test";
import { mediumBuilds } from "../../src/media/builds.ts";

for (const [build, want] of [
  [19045, [19045, 19041]],
  [22631, [22631, 22621]],
  [26200, [26200, 26100]],
  [26100, [26100]],
  [7601, [7601]],
] as const) {
  test(`media of build ${build} may say ${want.join(" or ")}`, () => {
    assert.deepEqual(mediumBuilds(build), want);
  });
}
