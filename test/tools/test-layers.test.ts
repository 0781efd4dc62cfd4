import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { type Layer, planLayers, selectLayers } from "../../tools/test-layers.ts";

test("puts each test file into exactly one layer", (t) => {
  const layers = planLayers(
    folderWith(t, ["test/a/x.test.ts", "test/integration/y.test.ts", "test/e2e/z.test.ts"]),
  );
  assert.deepEqual(filesOf(layers, "unit"), ["test/a/x.test.ts"]);
  assert.deepEqual(filesOf(layers, "integration"), ["test/integration/y.test.ts"]);
  assert.deepEqual(filesOf(layers, "e2e"), ["test/e2e/z.test.ts"]);
});

test("leaves files alone that are not tests", (t) => {
  const layers = planLayers(folderWith(t, ["test/a/x.ts", "test/a/y.test.ts"]));
  assert.deepEqual(filesOf(layers, "unit"), ["test/a/y.test.ts"]);
});

test("runs one file after the other in the layers that may start a VM", (t) => {
  const layers = planLayers(folderWith(t, ["test/integration/y.test.ts", "test/e2e/z.test.ts"]));
  for (const name of ["integration", "e2e"]) {
    assert.ok(layers.find((layer) => layer.name === name)?.command?.includes("--test-concurrency=1"));
  }
});

test("has no command for a layer without a test file", (t) => {
  const layers = planLayers(folderWith(t, ["test/a/x.test.ts"]));
  assert.equal(layers.find(({ name }) => name === "e2e")?.command, undefined);
});

test("keeps the order of the layers whatever the order of the names", (t) => {
  const layers = planLayers(folderWith(t, []));
  assert.deepEqual(
    selectLayers(layers, ["unit", "format"]).map(({ name }) => name),
    ["format", "unit"],
  );
  assert.equal(selectLayers(layers, []).length, layers.length);
});

test("names the allowed layers when one is unknown", (t) => {
  const layers = planLayers(folderWith(t, []));
  assert.throws(
    () => selectLayers(layers, ["units"]),
    /got 'units'; allowed: format, lint, types, unit, exhaustive, integration, e2e/,
  );
});

function filesOf(layers: readonly Layer[], name: string): string[] {
  const command = layers.find((layer) => layer.name === name)?.command ?? [];
  return command.filter((word) => word.endsWith(".test.ts"));
}

function folderWith(t: { after: (cleanUp: () => void) => void }, files: readonly string[]): string {
  const folder = mkdtempSync(join(tmpdir(), "casement-layers-"));
  t.after(() => rmSync(folder, { recursive: true }));
  for (const file of files) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), "");
  }
  return folder;
}
