import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { selectTarballs, tarballFileName } from "../../nix/npm/select-tarballs.mjs";

const root = join(import.meta.dirname, "../..");
const integrity = "sha512-AAAA==";

test("nix/npm/tarballs.json names what package-lock.json selects (npm run update-npm-hash writes it anew)", () => {
  const lock: unknown = JSON.parse(readFileSync(join(root, "package-lock.json"), "utf8"));
  const written: unknown = JSON.parse(readFileSync(join(root, "nix/npm/tarballs.json"), "utf8"));
  assert.ok(typeof written === "object" && written !== null && "hash" in written && "packages" in written);
  assert.deepEqual(written.packages, selectTarballs(lock));
  assert.match(String(written.hash), /^sha256-[A-Za-z0-9+/]{43}=$/);
});

test("takes runtime dependencies and what bundling needs, and leaves the rest", () => {
  const names = selectTarballs(
    lockOf({
      "node_modules/zod": {},
      "node_modules/typescript": { dev: true },
      "node_modules/cpu-features": { optional: true },
      "node_modules/esbuild": { dev: true },
      "node_modules/@esbuild/linux-x64": { dev: true, optional: true },
      "node_modules/@esbuild/linux-arm64": { dev: true, optional: true },
    }),
  ).map(({ name }) => name);
  assert.deepEqual(names, ["esbuild", "@esbuild/linux-x64", "zod"]);
});

test("stores a package once that stands at two places of the tree", () => {
  const [only, ...rest] = selectTarballs(
    lockOf({
      "node_modules/a": {},
      "node_modules/b/node_modules/a": {},
      "node_modules/b": { version: "2.0.0" },
    }),
  );
  assert.deepEqual(only?.paths, ["node_modules/a", "node_modules/b/node_modules/a"]);
  assert.equal(rest.length, 1);
});

test("goes by the real name of a package that is installed under another", () => {
  const [entry] = selectTarballs(lockOf({ "node_modules/alias": { name: "@scope/real" } }));
  assert.equal(entry?.file, "scope-real-1.0.0.tgz");
});

test("refuses two packages that would get the same file name", () => {
  const lock = lockOf({ "node_modules/@a/b": {}, "node_modules/a-b": { integrity: "sha512-BBBB==" } });
  assert.throws(() => selectTarballs(lock), /two packages would be stored as a-b-1\.0\.0\.tgz/);
});

test("refuses a package without a strong integrity hash", () => {
  const lock = lockOf({ "node_modules/a": { integrity: "sha1-AAAA" } });
  assert.throws(() => selectTarballs(lock), /node_modules\/a: integrity is not a sha512 hash, got sha1-AAAA/);
});

test("refuses a lock of another version", () => {
  assert.throws(() => selectTarballs({ lockfileVersion: 2, packages: {} }), /got 2; allowed: 3/);
});

test("names files as npm pack does", () => {
  assert.equal(tarballFileName("@esbuild/linux-x64", "0.28.2"), "esbuild-linux-x64-0.28.2.tgz");
});

function lockOf(packages: Record<string, Record<string, unknown>>): unknown {
  const entries: Record<string, unknown> = { "": {} };
  for (const [path, entry] of Object.entries(packages))
    entries[path] = { version: "1.0.0", integrity, ...entry };
  return { lockfileVersion: 3, packages: entries };
}
