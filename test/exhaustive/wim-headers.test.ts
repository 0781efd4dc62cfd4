import assert from "node:assert/strict";
import { test } from "node:test";
import * as fc from "fast-check";
import { parseWimHeader } from "../../src/media/wim-header.ts";
import { parseWimXml } from "../../src/media/wim-xml.ts";
import { XmlFault } from "../../src/media/xml.ts";
import { server2022Evaluation, utf16, wimXml } from "../media/modelled-media.ts";
import { wimHeader } from "../media/wim-header.ts";

const good = wimXml(server2022Evaluation).toString("utf16le").slice(1);

/** True if the bytes were read or refused in words; anything else that is thrown is a fault of ours. */
function survives(bytes: Buffer): boolean {
  try {
    const images = parseWimXml(bytes);
    return images.every(({ name, index }) => index >= 1 && index <= 99 && !/[\p{Cc}\p{Cf}]/u.test(name));
  } catch (error) {
    return error instanceof XmlFault;
  }
}

test("whatever bytes stand where the description should be, they are read or refused in words", () => {
  fc.assert(fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => survives(Buffer.from(bytes))));
  fc.assert(fc.property(fc.string({ unit: "binary", maxLength: 400 }), (text) => survives(utf16(text))));
});

test("a description with a piece cut out, doubled or replaced is read or refused in words", () => {
  const at = fc.nat({ max: good.length });
  const pieces = fc.constantFrom(
    "",
    "<",
    ">",
    "&",
    "&#0;",
    '"',
    "</IMAGE>",
    '<IMAGE INDEX="7">',
    "<!--",
    "\u0000",
  );
  fc.assert(
    fc.property(at, at, pieces, (from, to, piece) =>
      survives(utf16(good.slice(0, from) + piece + good.slice(to))),
    ),
    { numRuns: 500 },
  );
});

test("a header of whatever bytes is read within its bounds or refused in words", () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 72, maxLength: 136 }), (bytes) => {
      const header = wimHeader({});
      header.set(bytes, 72);
      const parsed = parseWimHeader(header);
      return typeof parsed === "string" || (parsed.xml.offset >= 208 && parsed.xml.bytes <= 4 << 20);
    }),
  );
  assert.notEqual(typeof parseWimHeader(wimHeader({})), "string");
});
