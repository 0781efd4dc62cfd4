import assert from "node:assert/strict";
import { test } from "node:test";
import { parseWimXml } from "../../src/media/wim-xml.ts";
import {
  type ModelledImage,
  server2022Evaluation,
  utf16,
  wimXml,
  windows10,
  windows11Evaluation,
  windows7,
} from "./modelled-media.ts";

const one: ModelledImage = { name: "Windows 11 Pro", editionId: "Professional", build: 26100, update: 1742 };

test("every field of an image is read", () => {
  assert.deepEqual(parseWimXml(wimXml(server2022Evaluation))[1], {
    index: 2,
    name: "Windows Server 2022 SERVERSTANDARD",
    displayName: "Windows Server 2022 Standard Evaluation (Desktop Experience)",
    description: "Windows Server 2022 SERVERSTANDARD",
    editionId: "ServerStandardEval",
    installationType: "Server",
    architecture: "amd64",
    languages: ["en-US"],
    defaultLanguage: "en-US",
    build: 20348,
    update: 587,
    evaluation: true,
  });
});

for (const [title, images, want] of [
  ["Windows 7", windows7, ["HomeBasic", "HomePremium", "Professional", "Ultimate"]],
  [
    "Windows 10",
    windows10,
    ["Core", "CoreN", "CoreSingleLanguage", "Education", "EducationN", "Professional", "ProfessionalN"],
  ],
  ["Windows 11", windows11Evaluation, ["EnterpriseEval"]],
] as const) {
  test(`all images of a medium of ${title} are found, by their indexes`, () => {
    const found = parseWimXml(wimXml(images));
    assert.deepEqual(
      found.map(({ editionId }) => editionId),
      want,
    );
    assert.deepEqual(
      found.map(({ index }) => index),
      want.map((_, at) => at + 1),
    );
  });
}

test("architectures are the numbers of winnt.h; one that is not among them is not guessed", () => {
  const architectures = [0, 5, 6, 9, 12, 77].map(
    (arch) => parseWimXml(wimXml([{ ...one, arch }]))[0].architecture,
  );
  assert.deepEqual(architectures, ["x86", "arm", "ia64", "amd64", "arm64", null]);
});

test("an image can have several languages, one of which is the default", () => {
  const [image] = parseWimXml(
    wimXml([{ ...one, languages: ["de-DE", "en-US", "fr-FR"], defaultLanguage: "en-US" }]),
  );
  assert.deepEqual(image.languages, ["de-DE", "en-US", "fr-FR"]);
  assert.equal(image.defaultLanguage, "en-US");
});

test("what is not there is null, and no reason to refuse", () => {
  const [image] = parseWimXml(utf16('<WIM><IMAGE INDEX="1"><NAME>mine</NAME></IMAGE></WIM>'));
  assert.deepEqual(
    { ...image },
    {
      index: 1,
      name: "mine",
      displayName: null,
      description: null,
      editionId: null,
      installationType: null,
      architecture: null,
      languages: [],
      defaultLanguage: null,
      build: null,
      update: null,
      evaluation: false,
    },
  );
});

test("names keep letters of every script, and lose what would move a terminal's cursor", () => {
  const xml = '<WIM><IMAGE INDEX="1"><NAME>Windows 11 专业版 &amp; ü\u001B[2J\u202E</NAME></IMAGE></WIM>';
  assert.equal(parseWimXml(utf16(xml))[0].name, "Windows 11 专业版 & ü [2J");
});

const image = (index: string): string => `<IMAGE INDEX="${index}"><NAME>a</NAME></IMAGE>`;
for (const [title, bytes, reason] of [
  ["UTF-8", Buffer.from("<WIM></WIM>"), /odd number of bytes|byte order mark/],
  ["half a character", utf16("<WIM></WIM>").subarray(0, 9), /odd number of bytes/],
  ["another document", utf16("<HTML></HTML>"), /<HTML>, not <WIM>/],
  ["no image", utf16("<WIM></WIM>"), /no image/],
  ["an image without an index", utf16("<WIM><IMAGE></IMAGE></WIM>"), /the index null/],
  ["an index of 0", utf16(`<WIM>${image("0")}</WIM>`), /the index "0"/],
  ["an index that is text", utf16(`<WIM>${image("one")}</WIM>`), /the index "one"/],
  ["two images of one index", utf16(`<WIM>${image("1")}${image("1")}</WIM>`), /the same index/],
  [
    "more images than Setup can count",
    utf16(`<WIM>${Array.from({ length: 100 }, (_, at) => image(String((at % 99) + 1))).join("")}</WIM>`),
    /100 images/,
  ],
] as const) {
  test(`${title} is refused`, () => {
    assert.throws(() => parseWimXml(bytes), { name: "XmlFault", message: reason });
  });
}
