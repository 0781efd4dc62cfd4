import assert from "node:assert/strict";
import { test } from "node:test";
import { lockChanges } from "../../../src/cli/diff/lock-changes.ts";
import { printLock } from "../../../src/cygwin/lock/lock-file.ts";
import type { CygwinLock, LockedPackage } from "../../../src/cygwin/lock-schema.ts";

const sha512 = "0".repeat(128);
const bash: LockedPackage = {
  name: "bash",
  version: "5.2-1",
  path: "x86_64/release/bash/bash-5.2-1.tar.xz",
  size: 1,
  sha512,
  categories: ["Base"],
  depends: [],
};
const lock: CygwinLock = {
  version: 1,
  archives: [],
  list: { url: null, sha512, signedBy: null, release: null, arch: "x86_64", timestamp: null },
  setup: { url: null, version: null, size: 1, sha512, signedBy: null },
  windows: "10.0.19045",
  wanted: ["bash"],
  packages: [bash],
};
const bytes = (packages: readonly LockedPackage[]): Uint8Array =>
  Buffer.from(printLock({ ...lock, packages: [...packages] }));

test("another version is one line, and a lock that comes or goes a list of its packages", () => {
  const newer = bytes([{ ...bash, version: "5.3-1" }]);
  assert.deepEqual(lockChanges(bytes([bash]), newer), ["changed bash 5.2-1 -> 5.3-1"]);
  assert.deepEqual(lockChanges(undefined, newer), ["1 packages: bash"]);
  assert.deepEqual(lockChanges(newer, undefined), ["1 packages: bash"]);
});

test("a lock that was damaged, or only set otherwise, is for the lines to show", () => {
  assert.equal(lockChanges(Buffer.from("{"), bytes([bash])), undefined);
  assert.equal(lockChanges(Buffer.from(`${JSON.stringify(lock)}\n`), bytes([bash])), undefined);
});
