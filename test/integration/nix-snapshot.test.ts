import assert from "node:assert/strict";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, test } from "node:test";
import { snapshot } from "../../src/contract/filenames.ts";
import { nixOutput, repository, scratch, skipWithoutNix, toolPkgs } from "../nix/nix-tool.ts";

/** Leaves what the real runtime leaves for Nix to see: the link, and store paths in the RAM. */
const runtime = `
import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
const { out, ram } = JSON.parse(readFileSync(process.argv[2], "utf8")).outputs;
for (const folder of [out, ram]) mkdirSync(folder);
symlinkSync(ram, out + "/${snapshot.ramLink}");
writeFileSync(ram + "/${snapshot.ram}", [out, process.execPath].join(" "));
`;

describe("a snapshot's two outputs", { skip: skipWithoutNix }, () => {
  test("whoever keeps or copies the snapshot keeps its RAM, and what lies in the RAM is no reference", () => {
    using folder = scratch();
    mkdirSync(join(folder.path, "share/casement"), { recursive: true });
    writeFileSync(join(folder.path, "share/casement/runtime.mjs"), runtime);
    const expression = `
      let
        tools = import ${repository}/nix/tools.nix { toolPkgs = ${toolPkgs}; architecture = "amd64"; };
        stage = import ${repository}/nix/stage.nix {
          inherit (tools) node;
          runtime = builtins.path { path = ${folder.path}; name = "runtime"; };
          requiredSystemFeatures = [ ];
        };
      in
      import ${repository}/nix/snapshot.nix {
        name = "casement-tiny-snapshot";
        inherit stage;
        stageConfig = { };
        machine = { name = "tiny"; release = "tiny"; nix.substituteSnapshots = false; };
        meta = { };
        passthru = { };
      }`;
    const build = (output: string): string =>
      nixOutput(
        "build",
        "--impure",
        "--no-link",
        "--print-out-paths",
        "--expr",
        `(${expression}).${output}`,
      ).trim();
    const [out, ram] = [build("out"), build("ram")];
    assert.match(ram, /-casement-tiny-snapshot-ram$/);
    assert.deepEqual(referencesOf(out), [ram]);
    assert.deepEqual(referencesOf(ram), []);
  });
});

function referencesOf(path: string): string[] {
  // `--recursive` is what a copy takes, and what a root keeps.
  const closure = nixOutput("path-info", "--recursive", path).trim().split("\n");
  return closure.filter((found) => found !== path);
}
