import assert from "node:assert/strict";
import { test } from "node:test";
import { until, WaitFailed } from "../../src/process/until.ts";

test("returns the first value that the probe yields", async () => {
  let count = 0;
  const value = await until({
    what: "three",
    timeoutMs: 1000,
    intervalMs: 1,
    probe: () => {
      count += 1;
      return count === 3 ? "three" : undefined;
    },
  });
  assert.equal(value, "three");
});

test("fails at the deadline with what it saw last", async () => {
  await assert.rejects(
    until({
      what: "rain",
      timeoutMs: 30,
      intervalMs: 5,
      probe: (observe) => {
        observe("blue sky");
        return undefined;
      },
    }),
    (error) => {
      assert.ok(error instanceof WaitFailed && error.timedOut);
      assert.match(error.message, /^waited 0\.\d s for rain; last seen: blue sky$/);
      return true;
    },
  );
});

test("ends at once when what it depends on has ended", async () => {
  const started = performance.now();
  await assert.rejects(
    until({
      what: "an answer",
      timeoutMs: 60_000,
      intervalMs: 30_000,
      probe: () => undefined,
      unless: new Promise((resolve) => setTimeout(resolve, 20, "QEMU exited with 1")),
    }),
    { message: /^QEMU exited with 1 while waiting for an answer/ },
  );
  assert.ok(performance.now() - started < 2000);
});
