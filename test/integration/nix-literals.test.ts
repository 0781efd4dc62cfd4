import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { nixLiteral } from "../../src/text/nix.ts";
import { listExamples } from "../support/examples.ts";
import { makeTempFolder } from "../support/temp-folder.ts";
import { hostileStrings } from "../text/hostile.ts";
import { nixOutput, skipWithoutNix } from "../nix/nix-tool.ts";

test("Nix reads every literal back as the value that it was", { skip: skipWithoutNix }, async () => {
  await using folder = await makeTempFolder();
  const texts = hostileStrings.filter((text) => text.isWellFormed() && !text.includes("\0"));
  assert.ok(texts.length > 40);
  const value = {
    texts,
    joined: texts.join(""),
    names: Object.fromEntries(texts.filter((text) => text.length < 100).map((text, index) => [text, index])),
    numbers: [-1, 0, 1, Number.MAX_SAFE_INTEGER],
    others: [true, false, null, [], {}, [[-1]]],
  };
  const file = join(folder.path, "literal.nix");
  await writeFile(file, nixLiteral(value));
  assert.deepEqual(JSON.parse(nixOutput("eval", "--json", "--file", file)), value);
});

for (const example of listExamples()) {
  test(`the generated default.nix of ${example.name} hands its folder and its arguments to the library`, {
    skip: skipWithoutNix,
  }, () => {
    const expression = `
      let casement.lib.load = given: { dir = toString given.dir; names = builtins.attrNames given; };
      in import ${example.golden} { pkgs = { }; iso = "x"; inherit casement; }`;
    assert.deepEqual(JSON.parse(nixOutput("eval", "--impure", "--json", "--expr", expression)), {
      dir: example.golden,
      names: ["dir", "iso", "pkgs"],
    });
  });

  test(`the generated Nix files of ${example.name} parse`, { skip: skipWithoutNix }, () => {
    // Functions have no JSON; a path that Nix can import has parsed.
    const expression = `builtins.isFunction (import ${example.golden}/controller/module.nix)`;
    assert.equal(nixOutput("eval", "--impure", "--expr", expression).trim(), "true");
  });
}
