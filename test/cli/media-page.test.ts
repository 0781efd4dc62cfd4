import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { mediumLines } from "../../src/cli/medium-lines.ts";
import { mediumTable } from "../../src/cli/medium-table.ts";
import { proposeReleases } from "../../src/cli/propose-release.ts";
import { medium } from "../media/mediums.ts";
import { server2022Evaluation, windows11Evaluation } from "../media/modelled-media.ts";

const page = readFileSync(join(import.meta.dirname, "../../docs/media.md"), "utf8");
const blocks = new Set(
  [...page.matchAll(/^```(?:yaml)?\n(?<text>[^]*?)^```$/gm)].map((match) => match.groups?.["text"]),
);

test("docs/media.md shows the table as it is printed", () => {
  assert.ok(blocks.has(mediumTable(medium(server2022Evaluation))), mediumTable(medium(server2022Evaluation)));
});

test("docs/media.md shows the lines for a spec as they are printed", () => {
  const has = medium(windows11Evaluation);
  const lines = mediumLines({
    medium: has,
    proposals: proposeReleases(has, "Win11.iso"),
    iso: { name: "Win11.iso", sha256: "0".repeat(64) },
    today: new Date("2026-11-22T12:00:00Z"),
  });
  assert.ok(blocks.has(lines), lines);
});
