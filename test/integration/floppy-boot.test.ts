import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { BOOT_MESSAGE } from "../../src/floppy/boot-sector.ts";
import { buildFloppy } from "../../src/floppy/image.ts";
import { skipUnlessInstalled, temporaryFolder } from "../floppy/foreign-tools.ts";

const TEXT_SCREEN = 0xb8000;
const COLUMNS = 80;
const SCREEN_BYTES = COLUMNS * 25 * 2;
const DEADLINE_MS = 30_000;
const MACHINE =
  "-accel tcg -machine pc -m 32 -nodefaults -no-user-config -display none -vga std -boot a -monitor stdio";

// Every second byte of the screen's memory is a character.
function screenLines(memory: Buffer): string[] {
  const text = Buffer.from(memory.filter((_, index) => index % 2 === 0)).toString("latin1");
  return Array.from({ length: 25 }, (_, row) => text.slice(row * COLUMNS, (row + 1) * COLUMNS).trimEnd());
}

test("a BIOS that boots from the floppy shows why that is wrong", {
  skip: skipUnlessInstalled("qemu-system-x86_64"),
}, async () => {
  using folder = temporaryFolder();
  const image = join(folder.path, "floppy.img");
  const dump = join(folder.path, "screen.bin");
  writeFileSync(image, buildFloppy({ label: "CASEMENT", files: [] }));
  const drive = ["-drive", `file=${image},if=floppy,format=raw,readonly=on`];
  const qemu = spawn("qemu-system-x86_64", [...MACHINE.split(" "), ...drive], {
    stdio: ["pipe", "ignore", "inherit"],
  });
  const ended = once(qemu, "exit");
  const expected = BOOT_MESSAGE.trimEnd().split("\r\n");
  let lines: string[] = [];
  try {
    const deadline = Date.now() + DEADLINE_MS;
    while (
      !expected.every((line) => lines.includes(line)) &&
      Date.now() < deadline &&
      qemu.exitCode === null
    ) {
      qemu.stdin.write(`pmemsave ${TEXT_SCREEN} ${SCREEN_BYTES} "${dump}"\n`);
      await sleep(200);
      if (existsSync(dump)) lines = screenLines(readFileSync(dump));
    }
  } finally {
    qemu.kill("SIGKILL");
    await ended;
  }
  for (const line of expected)
    assert.ok(lines.includes(line), `the screen shows\n${lines.join("\n").trimEnd()}`);
});
