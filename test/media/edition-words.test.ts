import assert from "node:assert/strict";
import { test } from "node:test";
import { releaseIds } from "../../src/catalogue/release-ids.ts";
import { findRelease } from "../../src/catalogue/releases.ts";
import { showEdition, wordsOfImage, wordsOfSpec } from "../../src/media/edition-words.ts";

for (const [editionId, installationType, want] of [
  ["Professional", "Client", "Pro"],
  ["Core", "Client", "Home"],
  ["Enterprise", "Client", "Enterprise"],
  ["EnterpriseEval", "Client", "Enterprise Evaluation"],
  ["EnterpriseS", "Client", "Enterprise LTSC"],
  ["EnterpriseSEval", "Client", "Enterprise LTSC Evaluation"],
  ["IoTEnterpriseS", "Client", "IoT Enterprise LTSC"],
  ["ServerStandard", "Server", "Standard"],
  ["ServerStandard", "Server Core", "Standard Core"],
  ["ServerStandardCore", "Server Core", "Standard Core"],
  ["ServerDatacenterEval", "Server", "Datacenter Evaluation"],
  ["ServerEnterprise", "Server", "Enterprise"],
  ["CoreSingleLanguage", "Client", "Coresinglelanguage"],
] as const) {
  test(`${editionId} (${installationType}) is what a spec calls ${want}`, () => {
    const evaluation = editionId.endsWith("Eval");
    const words = wordsOfImage({ editionId, installationType, evaluation });
    assert.ok(words !== undefined);
    assert.equal(showEdition(words), want);
    assert.deepEqual(words, wordsOfSpec(want));
  });
}

test("an image that names no edition is not guessed at", () => {
  assert.equal(wordsOfImage({ editionId: null, installationType: "Client", evaluation: false }), undefined);
});

test("the words of every edition of the catalogue say whether it is for evaluation, and read as they were written", () => {
  const editions = releaseIds.flatMap((id) => findRelease(id)?.editions ?? []);
  assert.ok(editions.length > 10);
  for (const { id, evaluation } of editions) {
    assert.equal(wordsOfSpec(id).evaluation, evaluation, id);
    assert.equal(showEdition(wordsOfSpec(id)), id.replace("Professional", "Pro"), id);
  }
});
