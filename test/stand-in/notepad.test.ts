import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, suite, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";

const notepad = join(import.meta.dirname, "../../nix/stand-in/files/windows/System32/notepad.exe");
let root = "";
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "stand-in-notepad-"));
  for (const folder of ["run", "dev", "cygdrive/c/a b"]) mkdirSync(join(root, folder), { recursive: true });
  writeFileSync(join(root, "dev/tty0"), "");
  writeFileSync(join(root, "cygdrive/c/a b/text.txt"), "one 100%\r\n  two\tthree\r\n");
});
afterEach(() => {
  rmSync(root, { recursive: true });
});

suite("notepad", () => {
  test("shows the file on the screen for whoever is at the console, and stays until it is ended", async () => {
    const screen = await whileOpen("console", "C:\\a b\\text.txt");
    assert.match(screen, /\| C:\\a b\\text\.txt - Notepad \(casement stand-in, not Windows\) +\|/);
    assert.match(screen, /\| one 100% +\|/);
    assert.match(screen, /\| {3}two\?three +\|/);
  });

  test("shows a title for a file that is not there", async () => {
    assert.match(await whileOpen("console", "C:\\none"), /\| C:\\none - Notepad/);
  });

  test("is seen by nobody in a login over SSH", async () => {
    assert.equal(await whileOpen("password", "C:\\a b\\text.txt"), "");
  });
});

/** What the screen shows once notepad waits; it is ended then. */
async function whileOpen(kind: string, file: string): Promise<string> {
  const program = spawn("sh", [notepad, file], {
    env: { PATH: process.env["PATH"], STAND_IN_ROOT: root, STAND_IN_SESSION: kind },
    stdio: ["ignore", "inherit", "inherit"],
  });
  const ended = once(program, "exit");
  const opened = (): boolean => {
    // It waits on a pipe whose name it has taken away.
    const folder = `/proc/${program.pid}/fd`;
    return readdirSync(folder).some((fd) => /notepad-\d+ \(deleted\)$/.test(readLink(join(folder, fd))));
  };
  while (!opened()) await sleep(10);
  const screen = readFileSync(join(root, "dev/tty0"), "utf8");
  const name = readFileSync(`/proc/${program.pid}/comm`, "utf8");
  assert.equal(program.exitCode, null);
  program.kill("SIGKILL");
  assert.equal((await ended)[1], "SIGKILL");
  assert.equal(name, "notepad.exe\n", "what taskkill finds it by");
  return screen;
}

function readLink(path: string): string {
  try {
    return readlinkSync(path);
  } catch {
    // Closed meanwhile.
    return "";
  }
}
