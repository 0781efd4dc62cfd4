import assert from "node:assert/strict";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { z } from "zod";
import {
  copySource,
  evaluate,
  nix,
  overrideToolPkgs,
  refusal,
  scratch,
  skipWithoutNix,
  toolPkgs,
} from "../nix/nix-tool.ts";
import { completeStarter, edit, startFromTemplate } from "../nix/starter.ts";

describe("Casement in somebody's project", { skip: skipWithoutNix }, () => {
  const folder = scratch();
  const source = join(folder.path, "source");
  before(() => copySource(source));
  after(() => folder[Symbol.dispose]());

  test("lets inputs follow each other both ways, and says by its hashes what that means", async () => {
    using consumer = scratch();
    await startFromTemplate(consumer.path);
    await completeStarter(consumer.path);
    const image = (lines: string, ...overrides: readonly string[]): string => {
      edit(join(consumer.path, "flake.nix"), (text) => withInputs(text, lines));
      const flake = `path:${consumer.path}#packages.x86_64-linux.windows.image.outPath`;
      const override = [
        "--no-write-lock-file",
        "--override-input",
        "casement",
        `path:${source}`,
        ...overrides,
      ];
      const { exitCode, stdout, stderr } = nix("eval", "--raw", ...override, flake);
      assert.equal(exitCode, 0, stderr);
      return stdout;
    };
    const other = ["--override-input", "other", `path:${makeOtherNixpkgs(consumer.path)}`];
    const base = overrideToolPkgs("other/base");
    const ownTools = overrideToolPkgs("casement/nixpkgs");

    const apart = image('inputs.nixpkgs.follows = "other";', ...other, ...base, ...ownTools);
    const casements = image('inputs.nixpkgs.follows = "casement/nixpkgs";', ...other, ...base, ...ownTools);
    assert.equal(casements, apart, "the consumer's nixpkgs is in the image's hash");
    const both = 'inputs.nixpkgs.follows = "other"; inputs.casement.inputs.nixpkgs.follows = "nixpkgs";';
    assert.notEqual(
      image(both, ...other, ...base),
      apart,
      "the image does not follow the consumer's nixpkgs",
    );
  });

  test("can be had without flakes in three ways, and each gives the same machine", async () => {
    using consumer = scratch();
    await startFromTemplate(consumer.path);
    const ways = evaluate(`let
      tools = ${toolPkgs};
      source = import ${source};
      dir = ${consumer.path}/casement;
      media = { inherit ((source { toolPkgs = tools; }).lib.standIn { }) iso cygwin; };
      casement = source { pkgs = tools; toolPkgs = tools; };
      withOverlay = tools // casement.overlays.default withOverlay tools;
      hello = windows: (windows.runCommand "hello" { } "uname -a").drvPath;
    in {
      both = hello (import dir (media // { inherit casement; pkgs = tools; }));
      load = hello (casement.lib.load (media // { inherit dir; }));
      overlay = hello (import dir (media // { pkgs = withOverlay; }));
    }`);
    const { both, load, overlay } = z.record(z.string(), z.string()).parse(ways);
    assert.match(both ?? "", /-hello\.drv$/);
    assert.equal(load, both);
    assert.equal(overlay, both);
  });

  test("is asked for by a generated folder that finds none, with the ways to hand it over", async () => {
    using consumer = scratch();
    await startFromTemplate(consumer.path);
    await completeStarter(consumer.path);
    assert.match(
      refusal(`(import ${consumer.path}/casement { pkgs = ${toolPkgs}; }).drvPath`),
      /casement: not handed over, and pkgs has none; write import \.\/casement \{ inherit pkgs casement; \}/,
    );
    assert.match(
      refusal(
        `((import ${source} { toolPkgs = ${toolPkgs}; }).lib.load { dir = ${consumer.path}/casement; }).drvPath`,
      ),
      /your package set is not known\n +Hand it over/,
    );
  });
});

/** A nixpkgs with another QEMU than that of its input `base`. */
function makeOtherNixpkgs(folder: string): string {
  const other = join(folder, "other-nixpkgs");
  mkdirSync(other);
  writeFileSync(
    join(other, "flake.nix"),
    `{
      inputs.base.url = "github:NixOS/nixpkgs/nixos-26.05";
      outputs = { base, ... }: {
        inherit (base) lib;
        legacyPackages.x86_64-linux = base.legacyPackages.x86_64-linux // rec {
          qemu = base.legacyPackages.x86_64-linux.runCommand "qemu-other" { } "mkdir $out";
          qemu_kvm = qemu;
        };
      };
    }`,
  );
  return other;
}

/** The starter's flake with these lines about nixpkgs, and a package set that is used as it comes. */
function withInputs(flake: string, lines: string): string {
  return flake
    .replace(/^ {2}inputs\.(nixpkgs|other)\..*$/m, `  inputs.other.url = "path:/none"; ${lines}`)
    .replace(/pkgs = import nixpkgs \{.*?\n {6}\};/s, "pkgs = nixpkgs.legacyPackages.${system};");
}
