import assert from "node:assert/strict";
import { test } from "node:test";
import { channelExitCode, parseExitCode } from "../../src/agent/exit-code.ts";

for (const [text, want] of [
  ["0\r\n", 0],
  ["3010 \r\n", 3010],
  ["-1073741819", 0xc000_0005],
  ["-1", 0xffff_ffff],
  ["4294967295", 0xffff_ffff],
  ["", undefined],
  ["4294967296", undefined],
  ["-2147483649", undefined],
  ["0x10", undefined],
  ["1 2", undefined],
] as const) {
  test(`reads ${JSON.stringify(text)} as ${want}`, () => {
    assert.equal(parseExitCode(text), want);
  });
}

for (const [end, want] of [
  [{ status: 255, signal: undefined }, 255],
  [{ status: undefined, signal: "SIGTERM" }, 143],
  [{ status: undefined, signal: "KILL" }, 137],
  [{ status: undefined, signal: "sig@example.com" }, 137],
  [{ status: undefined, signal: undefined }, undefined],
] as const) {
  test(`a channel that ended with ${JSON.stringify(end)} means ${want}`, () => {
    assert.equal(channelExitCode(end), want);
  });
}
