import assert from "node:assert/strict";
import { test } from "node:test";
import { parseXml } from "../../src/media/xml.ts";

test("elements, attributes, text, references, comments and processing instructions are read", () => {
  const root = parseXml(
    `<?xml version="1.0"?>\n<!-- a > b --><A x="1" y='&lt;2&quot;'>one<B/>&#x41;&#66;&amp;<C >two</C >\n</A>\n`,
  );
  assert.equal(root.name, "A");
  assert.deepEqual(
    [...root.attributes],
    [
      ["x", "1"],
      ["y", '<2"'],
    ],
  );
  assert.equal(root.text, "oneAB&\n");
  assert.deepEqual(
    root.children.map(({ name, text }) => [name, text]),
    [
      ["B", ""],
      ["C", "two"],
    ],
  );
});

const lines = "a".repeat(1_000_000);
for (const [title, xml, reason] of [
  ["nothing", "", /no element/],
  ["text alone", "text", /outside the root/],
  ["an element that is not closed", "<A><B></B>", /<A> is not closed/],
  ["elements that overlap", "<A><B></A></B>", /<\/A> closes <B>/],
  ["an end without a beginning", "</A>", /closes <nothing>/],
  ["two roots", "<A/><B/>", /after the end of <A>/],
  ["a tag that never ends", `<A ${lines}`, /> is missing/],
  ["a comment that never ends", "<A><!-- </A>", /--> is missing/],
  ["an attribute without quotes", "<A x=1/>", /attributes cannot be read/],
  ["a name that is none", "<1/>", /is no element/],
  [
    "a document type, and so every entity of one's own",
    '<!DOCTYPE A [<!ENTITY e "e">]><A>&e;</A>',
    /document type/,
  ],
  ["an entity that XML does not have", "<A>&file;</A>", /&file; is no character/],
  ["a reference beyond Unicode", "<A>&#x110000;</A>", /is no character/],
  ["half a surrogate pair", "<A>&#xD800;</A>", /is no character/],
  ["a reference that does not end", "<A>&amp</A>", /is no character/],
  ["elements without end", "<A>".repeat(100_000), /more than 32 deep/],
  ["more elements than any WIM has", `<A>${"<B/>".repeat(60_000)}</A>`, /more than 50000 elements/],
] as const) {
  test(`${title} is refused`, () => {
    assert.throws(() => parseXml(xml), { name: "XmlFault", message: reason });
  });
}

test("a long document is read in time that grows with its length", () => {
  const timeOf = (length: number): number => {
    const text = `<A>${"<B>text &amp; more</B>".repeat(length)}${"&amp;".repeat(5 * length)}</A>`;
    const started = process.cpuUsage();
    parseXml(text);
    return process.cpuUsage(started).user;
  };
  const fastest = (length: number): number => Math.min(...[1, 2, 3].map(() => timeOf(length)));
  const whole = fastest(40_000);
  assert.ok(whole < 2_000_000, `${whole} microseconds of processor time`);
  // Four times as long for four times the length, sixteen times where it is read again and again.
  assert.ok(whole < 10 * fastest(10_000));
});
