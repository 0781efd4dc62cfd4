import assert from "node:assert/strict";
import { test } from "node:test";
import { parseBeacon } from "../../src/contract/guest.ts";
import { createInstallWatch } from "../../src/runtime/install-watch.ts";

const minute = 60_000;
const makeWatch = (beacons = true) =>
  createInstallWatch({ noProgressMinutes: 10, deadlineMinutes: 60, beacons, startedMs: 0 });

function beacon(line: string) {
  return parseBeacon(`casement ${line}`) ?? assert.fail(line);
}

test("is installed when the guest shuts down after it said so, and not before", () => {
  const watch = makeWatch();
  watch.beacon(beacon("stage=installed"), 1);
  assert.deepEqual(watch.verdict(2), { kind: "going-on" });
  watch.shutDown(3);
  assert.deepEqual(watch.verdict(4), { kind: "installed" });
});

for (const [title, progress] of [
  ["a restart", (watch, now) => watch.restarted(now)],
  ["a beacon", (watch, now) => watch.beacon(beacon("stage=cygwin"), now)],
  ["disk traffic", (watch, now) => watch.traffic(1e9, now)],
] as readonly (readonly [string, (watch: ReturnType<typeof makeWatch>, nowMs: number) => void])[]) {
  test(`${title} is progress`, () => {
    const watch = makeWatch();
    progress(watch, 9 * minute);
    assert.equal(watch.verdict(18 * minute).kind, "going-on");
    const verdict = watch.verdict(19 * minute);
    assert.ok(verdict.kind === "failed");
    assert.match(verdict.error.message, /no progress for 10 min$/);
    assert.equal(verdict.error.exitCode, 75);
  });
}

test("a few bytes now and then are no progress: a dialog that waits looks like that", () => {
  const watch = makeWatch();
  for (let now = 0; now < 10; now += 1) watch.traffic(now * 20_000, now * minute);
  assert.equal(watch.verdict(10 * minute).kind, "failed");
});

test("the deadline holds whatever progress there is", () => {
  const watch = makeWatch();
  for (let now = 0; now <= 60; now += 1) watch.traffic(now * 1e9, now * minute);
  const verdict = watch.verdict(60 * minute);
  assert.ok(verdict.kind === "failed");
  assert.match(verdict.error.message, /not installed after 60 min$/);
});

test("the first failure counts, with its stage, code and reason", () => {
  const watch = makeWatch();
  watch.beacon(beacon("stage=sshd"), 1);
  watch.beacon(beacon("failed=sshd code=-5 reason=no host key"), 2);
  watch.beacon(beacon("failed=sshd code=1 reason=follow-up"), 3);
  const verdict = watch.verdict(4);
  assert.ok(verdict.kind === "failed");
  assert.equal(verdict.error.message, "sshd: failed with code -5: no host key");
});

test("before the first beacon the stage is setup, and restarts are counted beside it", () => {
  const watch = makeWatch();
  assert.equal(watch.stage(), "setup");
  assert.equal(watch.restarted(1), 1);
  assert.equal(watch.restarted(2), 2);
  assert.equal(watch.stage(), "setup");
  assert.equal(
    watch.standing(1002),
    "last beacon: none; restarts: 2; 0 MiB read and written; last progress 1.0 s ago",
  );
  watch.beacon(beacon("stage=first-logon"), 3);
  assert.equal(watch.stage(), "first-logon");
});

test("where no beacon can come, a shutdown after Setup's and the first logon's restarts is the end", () => {
  const watch = makeWatch(false);
  watch.restarted(1);
  watch.restarted(2);
  watch.shutDown(3);
  assert.equal(watch.verdict(4).kind, "failed");
  watch.restarted(5);
  assert.deepEqual(watch.verdict(6), { kind: "installed" });
});

test("a beacon that comes all the same is believed", () => {
  const watch = makeWatch(false);
  for (const now of [1, 2, 3]) watch.restarted(now);
  watch.beacon(beacon("failed=sshd code=1 reason=no key"), 4);
  watch.shutDown(5);
  assert.equal(watch.verdict(6).kind, "failed");
});
