import assert from "node:assert/strict";
import { test } from "node:test";
import { describeExitCode, toProcessExitCode } from "../../src/runtime/exit-code.ts";

const rows: readonly [code: number, process: number, said: RegExp][] = [
  [1, 1, /exited with 1 \(0x1\)$/],
  [42, 42, /exited with 42 \(0x2A\)$/],
  [255, 255, /exited with 255 \(0xFF\)$/],
  [256, 255, /exited with 256 \(0x100\)\. A builder's exit code has 8 bits/],
  [3010, 255, /exited with 3010 \(0xBC2, success, a restart is needed \(msiexec\)\)/],
  [0xc000_0005, 255, /exited with 3221225477 \(0xC0000005, access violation\)/],
  [0xffff_ffff, 255, /exited with 4294967295 \(0xFFFFFFFF\)/],
];

for (const [code, process, said] of rows) {
  test(`${code} ends the build with ${process} and is told whole`, () => {
    assert.equal(toProcessExitCode(code), process);
    assert.match(describeExitCode(code, "cmd"), said);
  });
}

test("no code but zero becomes zero", () => {
  assert.equal(toProcessExitCode(0), 0);
  for (let shift = 0; shift < 32; shift += 1) assert.notEqual(toProcessExitCode(2 ** shift), 0);
});

test("128 and more is a signal in bash alone", () => {
  assert.match(describeExitCode(139, "bash"), /ended by signal 11/);
  assert.doesNotMatch(describeExitCode(139, "cmd"), /signal/);
  assert.doesNotMatch(describeExitCode(128, "bash"), /signal/);
  assert.doesNotMatch(describeExitCode(200, "bash"), /signal/);
});
