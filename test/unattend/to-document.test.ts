import assert from "node:assert/strict";
import { test } from "node:test";
import { answerComponents, renderAnswerFile } from "../../src/unattend/answer-file.ts";
import { parseXml } from "../../src/unattend/parse-xml.ts";
import { toDocument } from "../../src/unattend/to-document.ts";
import type { XmlElement } from "../../src/unattend/xml-element.ts";
import { answerSettings } from "./answer-settings.ts";

test("is what a parser makes of the printed file, blanks between elements aside", () => {
  const settings = answerSettings({
    fullName: "Zoë & <Söhne> 🪟",
    driverFolders: ["drivers\\own"],
    extraSettings: [
      {
        component: "Microsoft-Windows-LUA-Settings",
        pass: "offlineServicing",
        path: "EnableLUA",
        value: true,
      },
    ],
  });
  const document = toDocument(settings.architecture, answerComponents(settings));
  assert.deepEqual(withoutBlanks(document), withoutBlanks(parseXml(renderAnswerFile(settings))));
  assert.equal(document.children.length, 4);
});

function withoutBlanks({ name, attributes, children, text }: XmlElement): XmlElement {
  return {
    name,
    attributes: { ...attributes },
    children: children.map(withoutBlanks),
    text: children.length > 0 ? text.trim() : text,
  };
}
