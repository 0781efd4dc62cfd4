import assert from "node:assert/strict";
import { test } from "node:test";
import { manifestSchema } from "../../src/contract/manifest.ts";
import { formatManifest } from "../../src/writer/manifest-file.ts";
import { manifestFor } from "../../src/writer/manifest-for.ts";

const artifacts = [{ path: "a", content: "a" }];
const settings = { generator: "0.1.0", password: null };

test("a manifest lists the files that the spec names, in an order that does not change", () => {
  const manifest = manifestFor(artifacts, { ...settings, sources: ["b.txt", "a.txt"] });
  assert.deepEqual(manifest.sources, ["a.txt", "b.txt"]);
  assert.deepEqual(manifestSchema.parse(JSON.parse(formatManifest(manifest))), manifest);
});

test("a manifest of a spec that names no files does not mention any", () => {
  assert.ok(!("sources" in manifestFor(artifacts, settings)));
  assert.ok(!formatManifest(manifestFor(artifacts, { ...settings, sources: [] })).includes("sources"));
});
