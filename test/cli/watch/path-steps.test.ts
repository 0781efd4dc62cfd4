import assert from "node:assert/strict";
import { mkdir, realpath, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { pathSteps } from "../../../src/cli/watch/path-steps.ts";
import { makeTempFolder } from "../../support/temp-folder.ts";

test("the steps to a file are its names from the root on, also where nothing is there", () => {
  assert.deepEqual(pathSteps("/none/such.yaml"), [
    { folder: "/", name: "none" },
    { folder: "/none", name: "such.yaml" },
  ]);
});

test("a link is a step, and so is each on the way to where it leads", async () => {
  await using folder = await makeTempFolder();
  const root = await realpath(folder.path);
  await mkdir(join(root, "v1"));
  await writeFile(join(root, "v1/spec"), "");
  await symlink("v1", join(root, "current"));
  await symlink("current/spec", join(root, "link"));
  const steps = pathSteps(join(root, "link"))
    .filter((step) => step.folder.startsWith(root))
    .map((step) => join(step.folder, step.name).slice(root.length));
  assert.deepEqual(steps, ["/link", "/current", "/v1", "/v1/spec"]);
});

test("links that lead in a circle come to an end", async () => {
  await using folder = await makeTempFolder();
  await symlink("b", join(folder.path, "a"));
  await symlink("a", join(folder.path, "b"));
  assert.ok(pathSteps(join(folder.path, "a")).length < 1000);
});
