import assert from "node:assert/strict";
import { test } from "node:test";
import { parseChannel } from "../../src/media/channel.ts";

for (const [title, bytes, want] of [
  ["retail media", Buffer.from("[Channel]\r\n_Default\r\n"), "Retail"],
  ["retail media in another case", Buffer.from("[channel]\r\n_default\r\n"), "Retail"],
  ["volume media", Buffer.from("[EditionID]\r\n\r\n[Channel]\r\nVolume\r\n[VL]\r\n1\r\n"), "Volume"],
  ["media for evaluation", Buffer.from("[EditionID]\nEnterprise\n[Channel]\nEval\n"), "Eval"],
  ["UTF-16", Buffer.from("\uFEFF[Channel]\r\nOEM\r\n", "utf16le"), "OEM"],
  ["a file without a channel", Buffer.from("[VL]\r\n0\r\n"), null],
  ["an empty file", Buffer.alloc(0), null],
  ["rubbish", Buffer.alloc(4096, "[channel"), null],
] as const) {
  test(`ei.cfg of ${title} names ${want ?? "no channel"}`, () => {
    assert.equal(parseChannel(bytes), want);
  });
}
