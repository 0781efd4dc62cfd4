import assert from "node:assert/strict";
import { mkdtempSync, openSync, closeSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import {
  isWindowsProgram,
  loadExitCode,
  runWindowsProgram,
} from "../../../src/stand-in/cmd/windows-program.ts";

let folder = "";
before(() => {
  folder = mkdtempSync(join(tmpdir(), "stand-in-program-"));
});
after(() => {
  rmSync(folder, { recursive: true });
});

function file(name: string, content: string): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

test("a Windows program is known by its first two letters, not by its name", () => {
  assert.equal(isWindowsProgram(file("tool", "MZ\u0090\u0000")), true);
  assert.equal(isWindowsProgram(file("tool.exe", "#!/bin/sh\n")), false);
  assert.equal(isWindowsProgram(file("empty.exe", "")), false);
});

test("a program's code is all 32 bits, and a file without one is none", () => {
  assert.equal(loadExitCode(file("code", "3221225477\r\n")), 0xc000_0005 | 0);
  assert.equal(loadExitCode(file("code", "0")), 0);
  for (const text of ["", "\n", "x"]) assert.equal(loadExitCode(file("code", text)), undefined);
  assert.equal(loadExitCode(join(folder, "none")), undefined);
});

// What runs it is a package of the guest, which no machine that tests has.
test("without the package for it, the program is named, and the code is Windows' for a foreign machine", () => {
  const stderr = openSync(join(folder, "stderr"), "w");
  try {
    const code = runWindowsProgram({ file: "/opt/tool.exe", args: ["a"] }, { stdin: 0, stdout: 1, stderr });
    assert.equal(code, 216);
  } finally {
    closeSync(stderr);
  }
  assert.match(
    readFileSync(join(folder, "stderr"), "utf8"),
    /\/opt\/tool\.exe is a Windows program.*stand-in-wine/,
  );
});
