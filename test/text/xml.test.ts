import assert from "node:assert/strict";
import { test } from "node:test";
import * as fc from "fast-check";
import { SaxesParser } from "saxes";
import { UnrepresentableError } from "../../src/text/unrepresentable.ts";
import { escapeXml } from "../../src/text/xml.ts";
import { hostileStrings } from "./hostile.ts";

test("hostile strings come back from a strict XML parser as content and as attribute, or are refused", () => {
  for (const text of hostileStrings) assertRoundTrip(text);
});

test("any string comes back from a strict XML parser, or is refused", () => {
  fc.assert(fc.property(fc.string({ unit: "binary" }), assertRoundTrip));
});

test("what is not ASCII is written as a character reference", () => {
  assert.equal(escapeXml("é😀"), "&#xE9;&#x1F600;");
});

test("a refusal names the character and its position", () => {
  assert.throws(() => escapeXml("ab\0"), /XML: U\+0000 at position 2, got "ab\\u0000"/);
  assert.throws(() => escapeXml("\uD800"), /U\+D800 at position 0/);
});

function assertRoundTrip(text: string): void {
  let escaped: string;
  try {
    escaped = escapeXml(text);
  } catch (error) {
    assert.ok(error instanceof UnrepresentableError);
    // oxlint-disable-next-line no-control-regex
    assert.match(text, /[\0-\u0008\u000B\u000C\u000E-\u001F\uD800-\uDFFF\uFFFE\uFFFF]/);
    return;
  }
  assert.match(escaped, /^[ -~]*$/);
  const seen = parse(`<a b="${escaped}">${escaped}</a>`);
  assert.deepEqual(seen, { content: text, attribute: text });
}

function parse(xml: string): { content: string; attribute: string } {
  const parser = new SaxesParser();
  const seen = { content: "", attribute: "" };
  parser.on("error", (error) => {
    throw error;
  });
  parser.on("opentag", (tag) => {
    seen.attribute = String(tag.attributes["b"]);
  });
  parser.on("text", (text) => {
    seen.content += text;
  });
  parser.write(xml).close();
  return seen;
}
