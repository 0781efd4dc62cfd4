import assert from "node:assert/strict";
import { test } from "node:test";
import { ToolError } from "../../src/errors.ts";
import { parseDebugFlags } from "../../src/runtime/debug-flags.ts";

const none = { when: undefined, display: "vnc", keep: undefined, help: false } as const;

for (const [argv, want] of [
  [[], none],
  [["--before"], { ...none, when: "before" }],
  [["--after", "--display", "sdl"], { ...none, when: "after", display: "sdl" }],
  [["--display=none", "--keep", "disk.qcow2"], { ...none, display: "none", keep: "/here/disk.qcow2" }],
  [["--keep=/there/x"], { ...none, keep: "/there/x" }],
  [["--help"], { ...none, help: true }],
] as const) {
  test(`reads ${argv.join(" ") || "no flags"}`, () => assert.deepEqual(parseDebugFlags(argv, "/here"), want));
}

for (const [argv, reason] of [
  [["--before", "--after"], /exclude each other/],
  [["--display", "x11"], /--display: unknown, got "x11"; allowed: vnc, sdl, gtk, none/],
  [["now"], /no argument is known, got "now"/],
  [["--vnc"], /--vnc/],
  [["--keep"], /--keep/],
] as const) {
  test(`refuses ${argv.join(" ")}, with the usage`, () => {
    assert.throws(
      () => parseDebugFlags(argv, "/here"),
      (error) => {
        assert.ok(error instanceof ToolError && error.exitCode === 64);
        assert.match(error.message, reason);
        assert.match(error.message, /flags of a debug session:/);
        return true;
      },
    );
  });
}
