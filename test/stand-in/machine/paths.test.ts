import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, suite, test } from "node:test";
import { moveDrives, toUnix, toWindows } from "../../../src/stand-in/machine/paths.ts";

suite("paths of the stand-in", () => {
  let root = "";
  before(() => {
    root = mkdtempSync(join(tmpdir(), "stand-in-paths-"));
    for (const folder of ["cygdrive/c", "cygdrive/s", "etc", "run/session"])
      mkdirSync(join(root, folder), { recursive: true });
    writeFileSync(
      join(root, "etc/fstab"),
      "none /cygdrive cygdrive binary 0 0\nS:/ /nix/store ntfs binary 0 0\nX:/ /tmp/xchg ntfs binary 0 0\n",
    );
    writeFileSync(
      join(root, "run/session/mounts"),
      "C:/out a\t/nix/store/hash-a\tbinary,user\t-\t-\nC:/build\t/build\tbinary,user\t/build\t/build\n",
    );
    moveDrives(root);
  });
  after(() => {
    moveDrives("");
    rmSync(root, { recursive: true });
  });

  const rows: readonly (readonly [string, string])[] = [
    ["/", "C:\\cygwin64"],
    ["/usr/bin", "C:\\cygwin64\\usr\\bin"],
    ["/cygdrive/c", "C:\\"],
    ["/cygdrive/c/Windows", "C:\\Windows"],
    ["/nix/store", "S:\\"],
    ["/nix/store/hash-b/bin", "S:\\hash-b\\bin"],
    ["/nix/store/hash-a/bin", "C:\\out a\\bin"],
    ["/nix/store/hash-a-dev", "S:\\hash-a-dev"],
    ["/build", "C:\\build"],
    ["/builder", "C:\\cygwin64\\builder"],
    // A drive that the session has not mapped: its mount point is a folder of the root.
    ["/tmp/xchg", "C:\\cygwin64\\tmp\\xchg"],
  ];
  for (const [unix, windows] of rows) {
    test(`${unix} is ${windows} for a Windows program`, () => {
      assert.equal(toWindows(root + unix), windows);
    });
  }

  test("a Windows path leads to the folder itself", () => {
    assert.equal(toUnix("C:\\out a\\bin", "C:\\"), join(root, "cygdrive/c/out a/bin"));
  });
});
