import assert from "node:assert/strict";
import { test } from "node:test";
import { timeZones } from "../../src/catalogue/time-zones.ts";
import { winntTimeZone, winntTimeZoneIds } from "../../src/unattend/winnt-sif-time-zones.ts";

test("every zone that winnt.sif has a number for is one that a spec can name", () => {
  const known: readonly string[] = timeZones;
  assert.deepEqual(
    winntTimeZoneIds().filter((id) => !known.includes(id)),
    [],
  );
  assert.ok(winntTimeZoneIds().length > 70);
});

test("numbers stand for one zone each, but for the two names of the one without summer time", () => {
  const numbers = winntTimeZoneIds().map((id) => winntTimeZone(id));
  assert.equal(new Set(numbers).size, numbers.length - 1);
});

for (const [id, want] of [
  ["GMT Standard Time", 85],
  ["UTC", 90],
  ["W. Europe Standard Time", 110],
  ["Dateline Standard Time", 0],
  ["Samoa Standard Time", undefined],
  ["Kaliningrad Standard Time", undefined],
] as const) {
  test(`${id} is ${want ?? "unknown"}`, () => {
    assert.equal(winntTimeZone(id), want);
  });
}
