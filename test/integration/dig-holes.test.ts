import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { chmodSync, readFileSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { before, describe, test } from "node:test";
import { nix, nixOutput, repository, scratch, skipWithoutNix, toolPkgs } from "../nix/nix-tool.ts";
import { skipWithout } from "../support/external-tools.ts";

const skip =
  process.getuid?.() === 0
    ? skipWithoutNix || skipWithout(["unshare", "mount"])
    : "needs root, as the tool does";
const mebibyte = 2 ** 20;

describe("casement-dig-holes", { skip }, () => {
  let tool = "";
  before(() => {
    const expression = `(import ${repository} { toolPkgs = ${toolPkgs}; }).packages.dig-holes`;
    const args = ["build", "--impure", "--no-link", "--print-out-paths", "--expr", expression];
    tool = `${nixOutput(...args).trim()}/bin/casement-dig-holes`;
  });

  test("gives a memory that came from another store its holes back, and the store stays valid", () => {
    using folder = scratch();
    const store = `local?root=${folder.path}/store`;
    const built = buildMemory();
    assert.ok(onDisk(join(built, "ram")) < 4 * mebibyte, "the builder left holes");
    nixOutput("copy", "--no-check-sigs", "--to", store, built);
    const ram = join(folder.path, "store", built, "ram");
    assert.ok(
      onDisk(ram) >= 64 * mebibyte,
      "a copy between stores keeps holes now, and nobody needs this tool",
    );

    const { stdout } = run([ram]);
    assert.match(stdout, /ram: 64 MiB on disk, now [0-3] MiB\n$/);
    assert.ok(onDisk(ram) < 4 * mebibyte);
    assert.equal(statSync(ram).mtimeMs, 1000);
    assert.deepEqual(readFileSync(ram), readFileSync(join(built, "ram")));
    const verified = nix("store", "verify", "--no-trust", "--store", store, built);
    assert.equal(verified.exitCode, 0, verified.stderr);
  });

  test("works where the store is mounted read-only, and leaves that mount as it is", () => {
    using folder = scratch();
    const ram = join(folder.path, "ram");
    writeFileSync(ram, Buffer.alloc(8 * mebibyte));
    chmodSync(ram, 0o444);
    utimesSync(ram, 1, 1);
    const mounted = `mount --bind "$1" "$1" && mount -o remount,ro,bind "$1" && "$2" "$1/ram" && ! touch "$1/new" 2>&1`;
    const script = ["-c", mounted, "sh", folder.path, tool];
    const result = spawnSync("unshare", ["--mount", "--propagation", "private", "--", "sh", ...script], {
      encoding: "utf8",
    });
    assert.equal(result.status, 0, result.stderr);
    assert.match(result.stdout, /8 MiB on disk, now 0 MiB\n.*Read-only file system/);
    assert.equal(onDisk(ram), 0);
  });

  test("says which file is not there, and touches none", () => {
    using folder = scratch();
    const ram = join(folder.path, "ram");
    writeFileSync(ram, Buffer.alloc(8 * mebibyte));
    const { status, stderr } = run([ram, join(folder.path, "gone")]);
    assert.equal(status, 1);
    assert.match(stderr, /gone does not exist/);
    assert.ok(onDisk(ram) >= 8 * mebibyte);
  });

  function run(files: readonly string[]): { status: number | null; stdout: string; stderr: string } {
    return spawnSync(tool, files, { encoding: "utf8" });
  }
});

/** A store path whose file `ram` is one MiB of data in 64. */
function buildMemory(): string {
  const expression = `${toolPkgs}.runCommand "memory" { } ''
    mkdir $out
    truncate -s 64M $out/ram
    head -c 1M /dev/urandom | dd of=$out/ram bs=1M seek=20 conv=notrunc
  ''`;
  return nixOutput("build", "--impure", "--no-link", "--print-out-paths", "--expr", expression).trim();
}

function onDisk(file: string): number {
  return statSync(file).blocks * 512;
}
