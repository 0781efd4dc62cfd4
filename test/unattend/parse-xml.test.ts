import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { parseXml, XmlSyntaxError } from "../../src/unattend/parse-xml.ts";

describe("parseXml", () => {
  test("keeps prefixes, attributes, references and CDATA", () => {
    const root = parseXml(
      '<a><b wcm:action="add" x="&lt;">1 &amp; &#x20;2<![CDATA[<3>]]></b><!-- no --></a>',
    );
    assert.deepEqual(root, {
      name: "a",
      attributes: {},
      text: "",
      children: [{ name: "b", attributes: { "wcm:action": "add", x: "<" }, text: "1 &  2<3>", children: [] }],
    });
  });

  test("takes a byte order mark", () => {
    assert.equal(parseXml('\uFEFF<?xml version="1.0"?><a/>').name, "a");
  });

  const broken = [
    { title: "an unescaped ampersand", text: "<a>x && y</a>" },
    { title: "a byte before the declaration", text: ' <?xml version="1.0"?><a/>' },
    { title: "an element that is not closed", text: "<a><b></a>" },
    { title: "two roots", text: "<a/><b/>" },
    { title: "nothing at all", text: "" },
    { title: "a document type", text: '<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>' },
  ];
  for (const { title, text } of broken) {
    test(`refuses ${title}`, () => assert.throws(() => parseXml(text), XmlSyntaxError));
  }
});
