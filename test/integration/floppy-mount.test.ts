import assert from "node:assert/strict";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { buildFloppy } from "../../src/floppy/image.ts";
import { runTool, temporaryFolder } from "../floppy/foreign-tools.ts";

const MOUNT_OPTIONS = "loop,ro,utf8=1";

// Whether this machine can mount a floppy at all is asked with an image that mkfs.fat made: one that its kernel
// refuses of ours is a failure. It needs root, loop devices and vfat, which CI's containers seldom have, so that it
// skips there as well; a guest's kernel mounts the floppy in the stand-in's tests.
function whyNoMount(): string | false {
  using folder = temporaryFolder();
  try {
    const image = join(folder.path, "made-by-mkfs.img");
    runTool("mkfs.fat", "-C", "-F", "12", image, "1440");
    mounted(image, folder.path, () => undefined);
    return false;
  } catch (error) {
    const text = error instanceof Error ? error.message : String(error);
    return `cannot mount a floppy of mkfs.fat here: ${text.trim().split("\n").at(1) ?? text}`;
  }
}

function mounted(image: string, folder: string, look: (at: string) => void): void {
  const at = join(folder, "mounted");
  mkdirSync(at);
  runTool("mount", "-t", "vfat", "-o", MOUNT_OPTIONS, image, at);
  try {
    look(at);
  } finally {
    runTool("umount", at);
  }
}

test("Linux mounts the floppy and reads every name and byte", { skip: whyNoMount() }, () => {
  using folder = temporaryFolder();
  const files = ["Autounattend.xml", "WINNT.SIF", "scripts/sub dir/名前 😀 Größe.txt", "x".repeat(255)].map(
    (path, index) => ({ path, content: Buffer.alloc(511 + index, path) }),
  );
  const image = join(folder.path, "floppy.img");
  writeFileSync(image, buildFloppy({ label: "CASEMENT", files }));
  mounted(image, folder.path, (at) => {
    for (const { path, content } of files) assert.ok(readFileSync(join(at, path)).equals(content), path);
  });
});
