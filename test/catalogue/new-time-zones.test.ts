import assert from "node:assert/strict";
import { test } from "node:test";
import { firstFamilyWith } from "../../src/catalogue/new-time-zones.ts";
import { timeZones } from "../../src/catalogue/time-zones.ts";

test("every zone that came later is one of the list, and the old ones are no late-comers", () => {
  const late = timeZones.filter((zone) => firstFamilyWith(zone) !== undefined);
  // As many as the two sets hold: a misspelt one would be missing here.
  assert.equal(late.length, 37);
  for (const zone of ["UTC", "W. Europe Standard Time", "Tokyo Standard Time", "UTC-11", "UTC+12"]) {
    assert.equal(firstFamilyWith(zone), undefined, zone);
  }
});
