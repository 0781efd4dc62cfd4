import assert from "node:assert/strict";
import {
  closeSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, suite, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { Environment } from "../../../src/stand-in/cmd/environment.ts";
import { Shell } from "../../../src/stand-in/cmd/shell.ts";
import { createWorld } from "../../../src/stand-in/cmd/world.ts";
import { moveDrives } from "../../../src/stand-in/machine/paths.ts";
import { createPrograms } from "../../../src/stand-in/programs/table.ts";
import { batchScripts } from "./batch-scripts.ts";

let root = "";

before(() => {
  root = mkdtempSync(join(tmpdir(), "stand-in-cmd-"));
  moveDrives(root);
  mkdirSync(join(root, "cygdrive/c/work"), { recursive: true });
  mkdirSync(join(root, "cygdrive/c/windows/system32"), { recursive: true });
  for (const name of createPrograms().keys())
    writeFileSync(join(root, `cygdrive/c/windows/system32/${name}.exe`), "");
});

after(() => {
  moveDrives("");
  rmSync(root, { recursive: true });
});

suite("cmd runs a batch file as cmd.exe does", () => {
  for (const script of batchScripts) {
    test(script.title, () => {
      const outcome = runScript(script.lines);
      assert.deepEqual(outcome, { prints: script.prints, code: script.code });
    });
  }
});

suite("cmd stops loudly at what it does not play", () => {
  const rows: readonly (readonly [string, RegExp])[] = [
    ["for /r C:\\ %%i in (*) do echo %%i", /for \/r/],
    ["start ping -n 1 127.0.0.1", /start ping without \/wait/],
    ["copy a+b c", /joins files/],
    ["setlocal disableextensions", /setlocal disableextensions/],
    ["echo %~$PATH:1", /path list/],
    ["dir C:\\", /dir without \/b/],
    ["if cmdextversion 1 echo x", /cmdextversion/],
  ];
  for (const [line, reason] of rows) {
    test(line, () => {
      assert.throws(() => runScript(["@echo off", line]), reason);
    });
  }
  test("a label that is not there ends the batch file with its words", () => {
    const { prints, code } = runScript(["@echo off", "goto nowhere", "echo no"]);
    assert.deepEqual(prints, ["The system cannot find the batch label specified - nowhere"]);
    assert.equal(code, 255);
  });
});

suite("cmd on a command line", () => {
  test("variables of FOR have one percent sign and unknown names stay", () => {
    assert.deepEqual(runLine("for %i in (a b) do @echo %i %NO_SUCH%").prints, ["a %NO_SUCH%", "b %NO_SUCH%"]);
  });
  test("the first-logon command finds the marker on a drive and calls the script", () => {
    mkdirSync(join(root, "cygdrive/e/casement"), { recursive: true });
    writeFileSync(join(root, "cygdrive/e/casement/marker.txt"), "");
    writeFileSync(join(root, "cygdrive/e/casement/first-logon.cmd"), "@echo found %~d0\r\n");
    const line =
      "for %i in (D E F) do @if exist %i:\\casement\\marker.txt call %i:\\casement\\first-logon.cmd";
    assert.deepEqual(runLine(line).prints, ["found E:"]);
  });
  test("a value is set in the keys that are there and in no other", () => {
    mkdirSync(join(root, "stand-in/state"), { recursive: true });
    runLine("reg add HKLM\\Software\\Here /v Start /t REG_DWORD /d 2 /f");
    const line =
      "(for %i in (Here Not) do (reg query HKLM\\Software\\%i /v Start & if not errorlevel 1 reg add HKLM\\Software\\%i /v Start /t REG_DWORD /d 4 /f)) & exit 0";
    assert.equal(runLine(line).code, 0);
    assert.match(runLine("reg query HKLM\\Software\\Here /v Start").prints.join("\n"), /0x4/);
    assert.notEqual(runLine("reg query HKLM\\Software\\Not /v Start").code, 0);
  });
  test("a program whose path holds a blank fails without quotes", () => {
    mkdirSync(join(root, "cygdrive/c/a b"), { recursive: true });
    writeFileSync(join(root, "cygdrive/c/a b/x.cmd"), "@echo ran\r\n");
    assert.notEqual(runLine("C:\\a b\\x.cmd").code, 0);
    assert.deepEqual(runLine('"C:\\a b\\x.cmd"').prints, ["ran"]);
  });
});

test("start does not wait for a program that is a file, and says which one it cannot find", async () => {
  // It waits by itself, and not for ever: PATH leads to no other program here.
  const wait = "n=0; while [ ! -e go ] && [ $n -lt 5000000 ]; do n=$((n+1)); done";
  const program = `#!/bin/sh\n${wait}\necho "$1" >started\n`;
  writeFileSync(join(root, "cygdrive/c/work/slow.exe"), program, { mode: 0o755 });
  assert.deepEqual(runLine('start "" slow.exe "a b" & echo next'), { prints: ["next"], code: 0 });
  const file = join(root, "cygdrive/c/work/started");
  assert.ok(!existsSync(file));
  writeFileSync(join(root, "cygdrive/c/work/go"), "");
  while (!existsSync(file) || readFileSync(file, "utf8") === "") await sleep(20);
  assert.equal(readFileSync(file, "utf8"), "a b\n");
  const { prints, code } = runLine("start nothing");
  assert.match(prints.join("\n"), /Windows cannot find 'nothing'/);
  assert.equal(code, 9059);
});

function runScript(lines: readonly string[]): { prints: string[]; code: number } {
  writeFileSync(join(root, "cygdrive/c/work/script.cmd"), `${lines.join("\r\n")}\r\n`);
  return run((shell, out) =>
    shell.runFile("C:\\work\\script.cmd", "", { stdin: 0, stdout: out, stderr: out }),
  );
}

function runLine(line: string): { prints: string[]; code: number } {
  return run((shell, out) => shell.runLine(line, { stdin: 0, stdout: out, stderr: out }));
}

function run(body: (shell: Shell, out: number) => number): { prints: string[]; code: number } {
  const environment = new Environment();
  environment.set("PATH", "C:\\windows\\system32");
  environment.set("PATHEXT", ".COM;.EXE;.BAT;.CMD");
  const shell = new Shell(createWorld(createPrograms(root)), environment, "C:\\work");
  const file = join(root, "output");
  const out = openSync(file, "w");
  try {
    const code = body(shell, out);
    return { prints: linesOf(readFileSync(file, "utf8")), code };
  } finally {
    closeSync(out);
  }
}

function linesOf(text: string): string[] {
  const lines = text.split(/\r?\n/).map((line) => line.trimEnd());
  return lines.at(-1) === "" ? lines.slice(0, -1) : lines;
}
