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

  for (const { title, mounts } of [
    { title: "works where the store is mounted read-only, and leaves that mount as it is", mounts: 1 },
    { title: "works where one mount lies upon another", mounts: 2 },
  ]) {
    test(title, () => {
      using folder = scratch();
      const ram = join(folder.path, "ram");
      writeFileSync(ram, Buffer.alloc(8 * mebibyte));
      chmodSync(ram, 0o444);
      utimesSync(ram, 1, 1);
      const mount = `mount --bind "$1" "$1" && mount -o remount,ro,bind "$1" && `;
      const script = `${mount.repeat(mounts)}"$2" "$1/ram" && ! touch "$1/new" 2>&1`;
      const args = ["--mount", "--propagation", "private", "--", "sh", "-c", script, "sh", folder.path, tool];
      const result = spawnSync("unshare", args, { encoding: "utf8" });
      assert.equal(result.status, 0, result.stderr);
      assert.match(result.stdout, /8 MiB on disk, now 0 MiB\n.*Read-only file system/);
      assert.equal(onDisk(ram), 0);
    });
  }

  test("says who may run it to somebody who may not", () => {
    using folder = scratch();
    chmodSync(folder.path, 0o755);
    const ram = join(folder.path, "ram");
    writeFileSync(ram, "");
    const { status, stderr } = run([ram], { uid: 65534 });
    assert.equal(status, 1);
    assert.equal(stderr, `casement-dig-holes: ${ram} is not yours to write; run this as root (sudo)\n`);
  });

  test("says that a store has no frozen memory", () => {
    using folder = scratch();
    const { status, stdout } = run([], { env: { ...process.env, NIX_STORE_DIR: folder.path } });
    assert.equal(status, 0);
    assert.match(stdout, /no frozen memory in \S+ that could have holes\n$/);
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

  function run(
    files: readonly string[],
    options: { readonly uid?: number; readonly env?: NodeJS.ProcessEnv } = {},
  ): { status: number | null; stdout: string; stderr: string } {
    return spawnSync(tool, files, { ...options, encoding: "utf8" });
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
