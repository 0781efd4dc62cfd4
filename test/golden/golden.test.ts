import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join, relative } from "node:path";
import { test } from "node:test";
import about from "../../package.json" with { type: "json" };
import { generated } from "../../src/contract/filenames.ts";
import { checkArtifacts } from "../../src/writer/check.ts";
import { listExamples, renderExample } from "../support/examples.ts";

for (const example of listExamples()) {
  test(`examples/${example.name} generates test/golden/${example.name}, byte for byte (npm run golden writes it anew)`, async () => {
    const artifacts = await renderExample(example);
    const settings = { generator: about.version, password: null };
    assert.deepEqual(await checkArtifacts(artifacts, example.golden, settings), []);
    const expected = [...artifacts.map(({ path }) => path), generated.manifest];
    assert.deepEqual(new Set(filesBelow(example.golden)), new Set(expected));
  });
}

test("every golden tree has its example", () => {
  const trees = readdirSync(import.meta.dirname, { withFileTypes: true }).filter((entry) =>
    entry.isDirectory(),
  );
  assert.deepEqual(
    trees.map(({ name }) => name),
    listExamples().map(({ name }) => name),
  );
});

test("a golden tree holds no path of the machine that wrote it", async () => {
  for (const { golden } of listExamples()) {
    for (const path of filesBelow(golden)) {
      const bytes = await readFile(join(golden, path));
      assert.ok(!bytes.includes(join(import.meta.dirname, "../..")), path);
    }
  }
});

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => !entry.isDirectory())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)));
}
