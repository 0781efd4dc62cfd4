import assert from "node:assert/strict";
import { test } from "node:test";
import type { Architecture } from "../../src/catalogue/release.ts";
import { findPlatform, findRelease } from "../../src/catalogue/releases.ts";
import { planDrivers } from "../../src/plan/drivers.ts";
import { specSchema } from "../../src/spec/schema.ts";

const rows: readonly (readonly [release: string, architecture: Architecture, folder: string])[] = [
  ["windows-7", "x86", "NetKVM/w7/x86"],
  ["windows-server-2008-r2", "amd64", "NetKVM/2k8R2/amd64"],
  ["windows-8.1", "amd64", "NetKVM/w8.1/amd64"],
  ["windows-server-2012-r2", "amd64", "NetKVM/2k12R2/amd64"],
  ["windows-server-2025", "amd64", "NetKVM/2k25/amd64"],
  // virtio-win writes this one in capitals.
  ["windows-11-24h2", "arm64", "NetKVM/w11/ARM64"],
];

for (const [release, architecture, folder] of rows) {
  test(`${release} on ${architecture} finds its drivers in folders such as ${folder}`, () => {
    const folders = foldersOf(release, architecture, true);
    assert.equal(folders.length, 6);
    assert.ok(folders.includes(folder));
    assert.ok(folders.every((path) => path.endsWith(folder.slice("NetKVM".length))));
  });
}

test("no drivers are planned unless the spec asks for them, nor for a Setup that cannot take them", () => {
  assert.deepEqual(foldersOf("windows-11-24h2", "amd64", false), []);
  assert.deepEqual(foldersOf("windows-xp", "x86", true), []);
});

function foldersOf(id: string, architecture: Architecture, virtioWin: boolean): string[] {
  const release = findRelease(id);
  assert.ok(release !== undefined);
  const platform = findPlatform(release, architecture);
  assert.ok(platform !== undefined);
  const spec = specSchema.parse({ name: "a", windows: { release: id, drivers: { virtioWin } } });
  return planDrivers(spec, release, platform);
}
