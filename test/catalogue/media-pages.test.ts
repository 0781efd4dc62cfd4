import assert from "node:assert/strict";
import { test } from "node:test";
import { findMediaPage } from "../../src/catalogue/media-pages.ts";
import { releases } from "../../src/catalogue/releases.ts";

test("every page is one of Microsoft's", () => {
  for (const { id, platforms } of releases) {
    for (const { architecture } of platforms) {
      for (const evaluation of [true, false]) {
        const page = findMediaPage(id, { architecture, evaluation });
        if (page !== null)
          assert.match(
            page,
            /^https:\/\/www\.microsoft\.com\/(evalcenter|software-download)\/[a-z0-9-]+$/i,
            id,
          );
      }
    }
  }
});

test("an evaluation edition is looked for in the evaluation center, others where they are sold, arm64 on its own page", () => {
  const page = (architecture: "amd64" | "arm64", evaluation: boolean): string | null =>
    findMediaPage("windows-11-25h2", { architecture, evaluation });
  assert.match(page("amd64", true) ?? "", /evalcenter/);
  assert.match(page("amd64", false) ?? "", /software-download\/windows11$/);
  assert.match(page("arm64", false) ?? "", /software-download\/windows11arm64$/);
  assert.equal(page("arm64", true), null);
});

test("there is no page for what subscribers alone get", () => {
  assert.equal(findMediaPage("windows-7", { architecture: "amd64", evaluation: false }), null);
  assert.equal(findMediaPage("windows-server-2022", { architecture: "amd64", evaluation: false }), null);
});
