import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { renderReleasesPage } from "../../src/catalogue/page.ts";
import { releases } from "../../src/catalogue/releases.ts";

const docs = join(import.meta.dirname, "../../docs");

test("docs/releases.md is what the catalogue says (npm run docs writes it anew)", () => {
  assert.equal(readFileSync(join(docs, "releases.md"), "utf8"), renderReleasesPage());
});

test("the page has a row for each platform and each edition, with as many cells as its table", () => {
  const [machines = "", media = "", , editions = ""] = renderReleasesPage().split(/^## (?!Machines)/m);
  const rows = (text: string): number[] =>
    text
      .split("\n")
      .filter((line) => line.startsWith("| `windows-"))
      .map((line) => line.split("|").length);
  const count = (lists: readonly (readonly unknown[])[]): number =>
    lists.reduce((sum, list) => sum + list.length, 0);
  assert.deepEqual(rows(machines), Array(count(releases.map((release) => release.platforms))).fill(15));
  assert.ok(rows(media).length > 0 && rows(media).every((cells) => cells === 6), media);
  assert.deepEqual(rows(editions), Array(count(releases.map((release) => release.editions))).fill(6));
});

test("what a release rests on stands in docs/assumptions.md", () => {
  const ledger = readFileSync(join(docs, "assumptions.md"), "utf8");
  for (const { id, beliefs } of releases) {
    assert.ok(beliefs.length > 0, id);
    for (const belief of beliefs) assert.ok(ledger.includes(`\n| ${belief} |`), `${id}: ${belief}`);
  }
});
