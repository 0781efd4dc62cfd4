import assert from "node:assert/strict";
import { mkdir, readdir, rm, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { checkArtifacts } from "../../src/writer/check.ts";
import { writeArtifacts } from "../../src/writer/write.ts";
import { makeTempFolder } from "../support/temp-folder.ts";

const settings = { generator: "1", password: null };
const artifacts = ["edited", "extra", "gone", "same", "stale"].map((path) => ({ path, content: path }));

test("every kind of difference is found, and nothing is changed", async () => {
  await using folder = await makeTempFolder();
  await writeArtifacts(artifacts, folder.path, { ...settings, force: false });
  await rm(join(folder.path, "gone"));
  await writeFile(join(folder.path, "edited"), "by hand");
  await writeFile(join(folder.path, "foreign"), "of somebody else");
  await symlink("same", join(folder.path, "link"));
  const wanted = [
    ...artifacts.filter(({ path }) => path !== "extra" && path !== "stale"),
    { path: "stale", content: "new content" },
    { path: "foreign", content: "ours" },
    { path: "link", content: "ours" },
  ];
  const before = await readdir(folder.path);
  const differences = await checkArtifacts(wanted, folder.path, settings);
  assert.deepEqual(
    differences.map(({ path, state }) => `${path}: ${state}`),
    [
      "edited: edited",
      "extra: extra",
      "foreign: foreign",
      "gone: missing",
      "link: blocked",
      "stale: stale",
      "casement.manifest.json: stale",
    ],
  );
  assert.deepEqual(await readdir(folder.path), before);
});

test("a folder that was just written has no differences", async () => {
  await using folder = await makeTempFolder();
  await writeArtifacts(artifacts, folder.path, { ...settings, force: false });
  assert.deepEqual(await checkArtifacts(artifacts, folder.path, settings), []);
});

test("without a folder everything is missing, and none is made", async () => {
  await using folder = await makeTempFolder();
  await mkdir(join(folder.path, "a"));
  const differences = await checkArtifacts(artifacts, join(folder.path, "a/b"), settings);
  assert.ok(differences.every(({ state }) => state === "missing"));
  assert.equal(differences.length, artifacts.length + 1);
  assert.deepEqual(await readdir(join(folder.path, "a")), []);
});

test("files that another version wrote are a difference, though their bytes are right", async () => {
  await using folder = await makeTempFolder();
  await writeArtifacts(artifacts, folder.path, { ...settings, force: false });
  const differences = await checkArtifacts(artifacts, folder.path, { ...settings, generator: "2" });
  assert.deepEqual(
    differences.map(({ path }) => path),
    ["casement.manifest.json"],
  );
});
