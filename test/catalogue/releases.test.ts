import assert from "node:assert/strict";
import { test } from "node:test";
import { languages } from "../../src/catalogue/languages.ts";
import { releaseIds } from "../../src/catalogue/release-ids.ts";
import { findEdition, findRelease } from "../../src/catalogue/releases.ts";
import { timeZones } from "../../src/catalogue/time-zones.ts";

for (const id of releaseIds) {
  test(`${id} is whole: an edition by default, keys in their form, defaults above minimums`, () => {
    const release = findRelease(id);
    assert.ok(release !== undefined);
    const ids = release.editions.map((edition) => edition.id);
    assert.equal(new Set(ids).size, ids.length);
    assert.equal(findEdition(release, undefined)?.id, ids[0]);
    for (const edition of release.editions) {
      if (edition.evaluation || release.family === "xp") assert.equal(edition.productKey, null);
      else assert.ok(edition.productKey !== null);
      if (edition.productKey !== null) assert.match(edition.productKey, /^[A-Z0-9]{5}(-[A-Z0-9]{5}){4}$/);
    }
    for (const platform of release.platforms) {
      assert.ok(platform.memory.defaultMiB >= platform.memory.minimumMiB);
      assert.ok(platform.disk.defaultGiB >= platform.disk.minimumGiB);
      // `pc` and unversioned models change with QEMU, and a snapshot then does not revive.
      if (platform.architecture !== "arm64") assert.match(platform.cpuModels.kvm, /-v\d+$/);
    }
  });
}

test("an unknown id finds nothing", () => {
  assert.equal(findRelease("windows-95"), undefined);
});

test("languages and time zones are listed once each", () => {
  assert.equal(new Set(languages).size, 38);
  assert.equal(new Set(timeZones).size, timeZones.length);
  assert.ok(timeZones.length > 130);
});
