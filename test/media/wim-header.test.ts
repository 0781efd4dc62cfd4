import assert from "node:assert/strict";
import { test } from "node:test";
import { parseWimHeader } from "../../src/media/wim-header.ts";
import { wimHeader } from "./wim-header.ts";

test("a header says where the description stands", () => {
  assert.deepEqual(parseWimHeader(wimHeader({ offset: 4_316_000_000n, bytes: 9000n, images: 4 })), {
    part: 1,
    parts: 1,
    imageCount: 4,
    xml: { offset: 4_316_000_000, bytes: 9000 },
  });
});

for (const [title, bytes, reason] of [
  ["one that is cut", wimHeader({}).subarray(0, 100), /100 bytes, not 208/],
  ["a file that is no WIM", Buffer.alloc(208), /does not begin as a WIM/],
  ["a size that no header has", wimHeader({ headerBytes: 4096 }), /says 4096 bytes/],
  ["a description beyond all measure", wimHeader({ bytes: 1n << 40n }), /has 1099511627776 bytes/],
  ["a description of nothing", wimHeader({ bytes: 0n }), /has 0 bytes/],
  ["a description inside the header", wimHeader({ offset: 8n }), /stand at 8/],
  ["a description beyond numbers", wimHeader({ offset: (1n << 63n) + 5n }), /stand at 9223372036854775813/],
  ["a compressed description", wimHeader({ flags: 4 }), /compressed/],
] as const) {
  test(`${title} is refused`, () => {
    const parsed = parseWimHeader(bytes);
    assert.match(typeof parsed === "string" ? parsed : "it was accepted", reason);
  });
}
