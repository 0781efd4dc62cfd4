import assert from "node:assert/strict";
import { test } from "node:test";
import { loadTemplate } from "../../../src/cli/init/template.ts";

test("both templates have a spec, a flake, and the same words for git", () => {
  const [flake, standIn] = [loadTemplate("flake"), loadTemplate("stand-in")];
  const paths = [".gitattributes", ".gitignore", "casement.yaml", "flake.nix"];
  assert.deepEqual(
    flake.map(({ path }) => path).filter((path) => !path.includes("/")),
    paths,
  );
  assert.deepEqual(
    standIn.map(({ path }) => path),
    paths,
  );
  for (const name of paths.slice(0, 2)) {
    const [one, other] = [flake, standIn].map((files) => files.find(({ path }) => path === name)?.content);
    assert.equal(one, other, name);
  }
});

test("the stand-in's project says in each file for people that it is not Windows", () => {
  for (const { path, content } of loadTemplate("stand-in")) {
    if (!path.startsWith(".git")) assert.match(String(content), /not Windows/i, path);
  }
});
