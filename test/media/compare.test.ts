import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { compareMedium, type Expected } from "../../src/media/compare.ts";
import type { Medium } from "../../src/media/medium.ts";
import { identifyLegacy } from "../../src/media/legacy.ts";
import { changeImages, medium } from "./mediums.ts";
import { server2022Evaluation, windows10, windows11Evaluation, windows7 } from "./modelled-media.ts";

function expected(
  changes: Partial<Expected["medium"]> & { architecture?: Expected["architecture"] },
): Expected {
  const { architecture = "amd64", ...rest } = changes;
  return {
    release: "windows-10-22h2",
    architecture,
    medium: {
      image: { kind: "name", name: "Windows 10 Pro" },
      edition: "Pro",
      language: "en-US",
      build: 19045,
      evaluation: false,
      productKey: true,
      ...rest,
    },
  };
}

const evaluation = { evaluation: true, productKey: false, image: { kind: "index", index: 1 } } as const;
const xp = identifyLegacy(["I386/TXTSETUP.SIF", "WIN51", "WIN51IP"]);
assert.ok(xp !== undefined);
const xpMedium: Medium = { ...medium(windows7), format: "i386", images: [xp.image] };

describe("a medium is accepted", () => {
  for (const [title, has, wants] of [
    [
      "that has the image by its name, in any case",
      medium(windows10),
      { image: { kind: "name", name: "WINDOWS 10 PRO" } },
    ],
    ["that has the image by its index", medium(windows10), { image: { kind: "index", index: 6 } }],
    [
      "for evaluation, of Windows 11",
      medium(windows11Evaluation),
      { ...evaluation, edition: "Enterprise Evaluation", build: 26100 },
    ],
    [
      "of 25H2, whose WIM says 24H2's build",
      medium(windows11Evaluation),
      { ...evaluation, edition: "Enterprise Evaluation", build: 26200 },
    ],
    [
      "for evaluation, of a server with a desktop, whose name does not say so",
      medium(server2022Evaluation),
      {
        ...evaluation,
        image: { kind: "name", name: "Windows Server 2022 SERVERSTANDARD" },
        edition: "Standard Evaluation",
        build: 20348,
      },
    ],
    [
      "of Windows 7",
      medium(windows7),
      { image: { kind: "name", name: "Windows 7 PROFESSIONAL" }, edition: "Professional", build: 7601 },
    ],
    [
      "of Windows XP, whatever image the spec names",
      xpMedium,
      {
        image: { kind: "name", name: "Windows XP" },
        edition: "Professional",
        build: 2600,
        architecture: "x86",
      },
    ],
    [
      "with several languages, in any case",
      changeImages(medium(windows10), { languages: ["de-DE", "EN-us"] }),
      {},
    ],
    ["of the channel Volume, without a key", medium(windows10, { channel: "volume" }), { productKey: false }],
    [
      "that says nothing of edition, architecture, language and build",
      changeImages(medium(windows10), { editionId: null, architecture: null, languages: [], build: null }),
      { language: "de-DE", build: 9600, architecture: "arm64", edition: "Home" },
    ],
  ] satisfies readonly (readonly [string, Medium, Parameters<typeof expected>[0]])[]) {
    test(title, () => {
      assert.deepEqual(compareMedium(has, expected(wants)), []);
    });
  }
});

describe("a medium is refused", () => {
  for (const [title, has, wants, path, reason] of [
    [
      "without an image of that name, with the edition's image and the list",
      medium(windows10),
      { image: { kind: "name", name: "Windows 10 Professional" } },
      "windows.image",
      /no image named "Windows 10 Professional".*Write windows\.image\.index: 6 for "Windows 10 Pro" \(Pro\)\. It has: 1 "Windows 10 Home" \(Home\), 2 /s,
    ],
    [
      "without an image of that name, of two of the edition with the one that is called most like it",
      medium([
        ...windows10,
        ...windows10.map((image) => ({ ...image, name: image.name.replace("10", "11") })),
      ]),
      { image: { kind: "name", name: "Windows 11 Professional" } },
      "windows.image",
      /Write windows\.image\.index: 13 for "Windows 11 Pro" \(Pro\)/,
    ],
    [
      "without an image of that name or edition, with the name that is spelt nearly so",
      changeImages(medium(windows10), { editionId: null }),
      { image: { kind: "name", name: "Windows 10 Prof" } },
      "windows.image",
      /Write windows\.image\.index: 6 for "Windows 10 Pro"\. It has/,
    ],
    [
      "without an image of that index",
      medium(windows11Evaluation),
      { ...evaluation, image: { kind: "index", index: 6 }, edition: "Enterprise Evaluation", build: 26100 },
      "windows.image",
      /no image 6.*Write windows\.image\.index: 1 for /s,
    ],
    [
      "whose image is another edition, with the image that is it",
      medium(windows10),
      { image: { kind: "index", index: 1 } },
      "windows.edition",
      /image 1 of the medium is "Windows 10 Home" \(Home\), got Pro.*Write windows\.image\.index: 6 for Pro, or windows\.edition: Home/s,
    ],
    [
      "whose image is another edition, with the list where it has none of that edition",
      medium(windows10),
      { image: { kind: "index", index: 6 }, edition: "Enterprise" },
      "windows.edition",
      /got Enterprise.*Write windows\.edition: Pro\. The medium has: 1 /s,
    ],
    [
      "of a server without a desktop, where one with a desktop is expected",
      medium(server2022Evaluation),
      { ...evaluation, edition: "Standard Evaluation", build: 20348 },
      "windows.edition",
      /\(Standard Core Evaluation\), got Standard Evaluation.*windows\.image\.index: 2/s,
    ],
    [
      "that is not for evaluation, where one is expected",
      changeImages(medium(windows11Evaluation), { evaluation: false, editionId: "Enterprise" }),
      { ...evaluation, edition: "Enterprise Evaluation", build: 26100, productKey: true },
      "windows.edition",
      /is not for evaluation, got Enterprise Evaluation.*Write windows\.edition: Enterprise,/s,
    ],
    [
      "for another architecture",
      changeImages(medium(windows10), { architecture: "arm64" }),
      {},
      "windows.architecture",
      /is for arm64, got amd64.*Write windows\.architecture: arm64/s,
    ],
    [
      "in another language",
      changeImages(medium(windows10), { languages: ["de-DE"], defaultLanguage: "de-DE" }),
      {},
      "windows.language",
      /has de-DE, got en-US.*Write windows\.language: de-DE/s,
    ],
    [
      "of another build",
      medium(windows10),
      { build: 22631 },
      "windows.release",
      /build 19041 \(Windows 10 Pro\), got windows-10-22h2, whose media say 22621 or 22631/,
    ],
    [
      "of Windows XP, where a later Windows is expected",
      xpMedium,
      {},
      "windows.release",
      /holds "Windows XP Professional" \(Pro\), got windows-10-22h2/,
    ],
    [
      "of a later Windows, where XP is expected",
      medium(windows10),
      { build: 2600 },
      "windows.release",
      /"Windows 10 Home"/,
    ],
    [
      "of Windows XP that asks for a key, which only its owner has",
      xpMedium,
      { edition: "Professional", build: 2600, architecture: "x86", productKey: false },
      "windows.productKey",
      /none is given.*key that came with the medium/s,
    ],
    [
      "that asks for a key, where there is none",
      medium(windows10),
      { productKey: false },
      "windows.productKey",
      /none is given/,
    ],
  ] satisfies readonly (readonly [string, Medium, Parameters<typeof expected>[0], string, RegExp])[]) {
    test(title, () => {
      const issues = compareMedium(has, expected(wants));
      assert.deepEqual(
        issues.map((issue) => issue.path),
        [path],
      );
      assert.match(`${issues[0]?.message} ${issues[0]?.hint}`, reason);
    });
  }

  test("for every reason at once", () => {
    const issues = compareMedium(
      medium(windows11Evaluation),
      expected({ image: { kind: "index", index: 1 }, language: "ja-JP", architecture: "arm64" }),
    );
    assert.deepEqual(
      issues.map((issue) => issue.path),
      [
        "windows.edition",
        "windows.architecture",
        "windows.language",
        "windows.release",
        "windows.productKey",
      ],
    );
  });
});
