import assert from "node:assert/strict";
import { test } from "node:test";
import { mediumTable } from "../../src/cli/medium-table.ts";
import { changeImages, medium } from "../media/mediums.ts";
import { server2022Evaluation, windows11Evaluation } from "../media/modelled-media.ts";

test("every image has a row with what it is called and what a spec calls it", () => {
  assert.equal(
    mediumTable(medium(server2022Evaluation.slice(0, 2), { label: "SSS_X64FREE", channel: "Eval" })),
    `sources/install.wim of "SSS_X64FREE", channel Eval

index  name                                                                                               edition                   architecture  languages  build      evaluation
1      Windows Server 2022 SERVERSTANDARDCORE (Windows Server 2022 Standard Evaluation)                   Standard Core Evaluation  amd64         en-US      20348.587  yes
2      Windows Server 2022 SERVERSTANDARD (Windows Server 2022 Standard Evaluation (Desktop Experience))  Standard Evaluation       amd64         en-US      20348.587  yes
`,
  );
});

test("what a medium does not say is a dash, and of several languages the default is marked", () => {
  const silent = {
    editionId: null,
    architecture: null,
    languages: [],
    build: null,
    update: null,
    evaluation: false,
  };
  assert.match(
    mediumTable(changeImages(medium(windows11Evaluation), silent)),
    / {2}- {8}- {13}- {10}- {6}no\n$/,
  );
  const languages = { languages: ["de-DE", "en-US"], defaultLanguage: "en-US" };
  assert.match(
    mediumTable(changeImages(medium(windows11Evaluation), languages)),
    / de-DE, en-US \(default\) /,
  );
});

test("the stand-in is never taken for Windows", () => {
  const standIn = medium(windows11Evaluation, { label: "STAND_IN_X64FRE_EN-US" });
  assert.match(mediumTable(standIn), /stand-in: whatever it calls itself, it is not Windows/);
});
