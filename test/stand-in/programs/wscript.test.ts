import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, test } from "node:test";
import { moveDrives } from "../../../src/stand-in/machine/paths.ts";
import { runIn } from "./run-program.ts";

let root = "";
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "stand-in-wscript-"));
  moveDrives(root);
  mkdirSync(join(root, "cygdrive/c/Windows/System32"), { recursive: true });
  writeFileSync(join(root, "cygdrive/c/Windows/System32/cmd.exe"), "");
});
afterEach(() => {
  moveDrives("");
  rmSync(root, { recursive: true });
});

function run(script: string): { code: number; output: string } {
  writeFileSync(join(root, "cygdrive/c/a.js"), script);
  return runIn(root, "wscript //B //E:JScript C:\\a.js");
}

test("starts a program hidden, waits for it, and ends with its code", () => {
  const line = "cmd /d /c echo written>C:\\\\out&echo shown&exit 300";
  const { code, output } = run(
    `// a comment\r\nWScript.Quit(WScript.CreateObject("WScript.Shell").Run("${line}", 0, true));`,
  );
  assert.deepEqual({ code, output }, { code: 300, output: "" });
  assert.equal(readFileSync(join(root, "cygdrive/c/out"), "utf8"), "written\r\n");
});

test("ends with 1 for a script that fails, and says nothing", () => {
  assert.deepEqual(run("nothing.of.the.kind();"), { code: 1, output: "" });
});

test("refuses what it does not play", () => {
  assert.throws(() => run('WScript.CreateObject("Excel.Application")'), /the object Excel/);
  assert.throws(() => run('WScript.CreateObject("WScript.Shell").Run("cmd")'), /without waiting/);
  assert.match(runIn(root, "wscript C:\\a.vbs").output, /plays wscript \/\/B \/\/E:JScript FILE/);
});
