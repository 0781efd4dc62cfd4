import assert from "node:assert/strict";
import { readFileSync, readlinkSync, symlinkSync, writeFileSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import { delimiter, join } from "node:path";
import { after, before, suite, test } from "node:test";
import { z } from "zod";
import { type Machine, machineSchema } from "../../src/contract/machine.ts";
import { stageConfigSchema } from "../../src/contract/stage-config.ts";
import { type CliResult, runCli } from "../cli/run-cli.ts";
import {
  copyMachine,
  evaluate,
  nix,
  nixOutput,
  repository,
  scratch,
  skipWithoutNix,
  toolPkgs,
} from "../nix/nix-tool.ts";
import { findProgram } from "../support/external-tools.ts";
import { makeTempFolder, type TempFolder } from "../support/temp-folder.ts";
import { makeUdfIso, makeWim, skipWithoutMediaTools } from "./media/build-media.ts";

suite("casement media add", { skip: skipWithoutMediaTools }, () => {
  let temp: TempFolder;
  let bin = "";
  const path = [join(repository, ".tools/bin"), process.env["PATH"] ?? ""].join(delimiter);
  const add = (args: readonly string[], PATH = path): CliResult =>
    runCli(temp.path, ["media", "add", ...args], join(temp.path, "cache"), { PATH });

  before(async () => {
    temp = await makeTempFolder();
    const tree = join(temp.path, "tree");
    await makeWim(join(tree, "sources/install.wim"), [
      { name: "Windows 11 Enterprise Evaluation", editionId: "EnterpriseEval" },
    ]);
    await makeUdfIso(tree, join(temp.path, "Win 11 (1).iso"));
    // A PATH with 7-Zip and nothing else.
    bin = join(temp.path, "bin");
    await mkdir(bin);
    symlinkSync(findProgram("7zz") ?? "", join(bin, "7zz"));
  });
  after(() => temp[Symbol.asyncDispose]());

  test("adds the ISO as load expects it, keeps it, and prints the spec's lines; twice is once", {
    skip: skipWithoutNix,
  }, () => {
    const first = add(["Win 11 (1).iso"]);
    assert.equal(first.exitCode, 0, first.stderr);
    assert.match(first.stdout, /^ {2}release: windows-11-24h2$/m);
    assert.match(first.stdout, /^ {2}evaluationExpires: "\d{4}-\d\d-\d\d"$/m);
    const sha256 = /^ {4}sha256: "(?<hash>[0-9a-f]{64})"$/m.exec(first.stdout)?.groups?.["hash"] ?? "";
    const link = readlinkSync(join(temp.path, ".casement/Win-11-1-.iso"));
    const iso = `import ${repository}/nix/iso.nix { node = "/none"; iso = { name = "Win-11-1-.iso"; sha256 = "${sha256}"; }; }`;
    assert.equal(evaluate(`(${iso}).outPath`), link);
    // It is there: nothing is built, and nothing has to be.
    assert.equal(
      nixOutput("build", "--impure", "--no-link", "--print-out-paths", "--expr", iso).trim(),
      link,
    );
    assert.ok(nixOutput("path-info", link).includes(link));
    const second = add(["Win 11 (1).iso"]);
    assert.deepEqual([second.exitCode, second.stdout], [0, first.stdout]);
  });

  test("takes another name, and another place for the link", { skip: skipWithoutNix }, () => {
    const named = add(["Win 11 (1).iso", "--name", "win11.iso", "--gc-root", "roots/media"]);
    assert.equal(named.exitCode, 0, named.stderr);
    assert.match(named.stdout, /^ {4}name: "win11\.iso"$/m);
    assert.match(readlinkSync(join(temp.path, "roots/media/win11.iso")), /^\/nix\/store\/.*-win11\.iso$/);
  });

  test("prints the lines without Nix, too, and says what is left to do", () => {
    const result = add(["Win 11 (1).iso"], bin);
    assert.equal(result.exitCode, 71);
    assert.match(result.stdout, /^ {2}edition: Enterprise Evaluation$/m);
    assert.match(
      result.stderr,
      /nix was not found on PATH\nWhere Nix is: nix-store --add-fixed sha256 Win-11-1-\.iso \(a copy or link of /,
    );
  });

  for (const [title, args, exitCode, reason] of [
    ["a folder", ["tree"], 64, /tree: 1 fault\n.*is a folder/],
    ["a file that is not there", ["none.iso"], 64, /there is no such file/],
    ["a file that is no ISO", ["tree/sources/install.wim"], 64, /is not an ISO/],
    [
      "a name that the store does not take",
      ["Win 11 (1).iso", "--name", "../x"],
      64,
      /--name: has to be .*got "\.\.\/x"/,
    ],
  ] as const) {
    test(`refuses ${title}`, () => {
      const result = add(args);
      assert.equal(result.exitCode, exitCode);
      assert.match(result.stderr, reason);
      assert.equal(result.stdout, "");
    });
  }

  test("names 7-Zip where it is missing, and how to get it", () => {
    const result = add(["Win 11 (1).iso"], "/nonexistent");
    assert.equal(result.exitCode, 71);
    assert.match(result.stderr, /7-Zip \(7zz or 7z\) was not found on PATH.*\n.*apt install 7zip/);
  });
});

suite("the check of the medium in Nix", { skip: skipWithoutNix }, () => {
  test("lets the stand-in's medium pass, and is not repeated", () => {
    using folder = scratch();
    const expression = machine(folder.path, () => undefined, "mediumCheck.drvPath");
    // One derivation, whatever happens to the clone meanwhile.
    const drv = nixOutput("eval", "--impure", "--raw", "--expr", expression);
    const path = nixOutput("build", "--no-link", "--print-out-paths", `${drv}^out`).trim();
    assert.match(readFileSync(path, "utf8"), /^the medium is what the spec expects: [0-9a-f]{64}\n$/);
    assert.equal(nix("build", "--no-link", "--dry-run", `${drv}^out`).stderr, "");
  });

  test("fails a wrong medium in seconds, before the image is begun, with all faults and the list of images", (context) => {
    using folder = scratch();
    const loaded = machine(
      folder.path,
      ({ medium }) => {
        Object.assign(medium, {
          image: { kind: "name", name: "Windows 11 Professional" },
          language: "de-DE",
        });
      },
      "override { }",
    );
    const drvs = evaluate(
      `let loaded = ${loaded}; in { iso = loaded.iso.drvPath; image = loaded.image.drvPath; }`,
    );
    const { iso, image } = z.object({ iso: z.string(), image: z.string() }).parse(drvs);
    // The medium itself, which a person has.
    nixOutput("build", "--no-link", `${iso}^out`);
    const started = performance.now();
    const { exitCode, stderr } = nix("build", "--no-link", "--print-build-logs", `${image}^out`);
    context.diagnostic(`refused after ${((performance.now() - started) / 1000).toFixed(1)} s`);
    assert.notEqual(exitCode, 0);
    assert.match(stderr, /2 faults/);
    assert.match(stderr, /windows\.image: the medium has no image named "Windows 11 Professional"/);
    assert.match(
      stderr,
      /Write windows\.image\.index: \d+ for "Windows 11 Pro" \(Pro\)\. It has: 1 "Windows 10 Home" \(Home\), 2 /,
    );
    assert.match(stderr, /windows\.language: the medium has en-US, got de-DE/);
    assert.match(stderr, /checkMedium = false/);
    assert.doesNotMatch(stderr, /setPhase|casement-win11-image>/);
  });

  test("is an input of the image and nothing that the stage is told", () => {
    using folder = scratch();
    const recorder = `{ packages.runtime = import ${repository}/test/nix/recorder.nix { inherit toolPkgs; }; }`;
    const image = machine(folder.path, () => undefined, "image", recorder);
    const path = nixOutput("build", "--impure", "--no-link", "--print-out-paths", "--expr", image).trim();
    const config = stageConfigSchema.parse(JSON.parse(readFileSync(join(path, "stage.json"), "utf8")));
    assert.equal(config.stage, "image");
  });

  test("can be left out, and the image then does not need it", () => {
    using folder = scratch();
    const derivations = (arguments_: string): string => {
      const expression = machine(folder.path, () => undefined, "image.drvPath", arguments_);
      const drv = nixOutput("eval", "--impure", "--raw", "--expr", expression);
      return nixOutput("derivation", "show", "--recursive", drv);
    };
    assert.match(derivations("{ }"), /medium-check/);
    assert.doesNotMatch(derivations("{ checkMedium = false; }"), /medium-check/);
  });

  test("is not part of the image's hash: another checker finds the image as it was", () => {
    using folder = scratch();
    const imageWith = (checker: string): unknown =>
      evaluate(
        machine(
          folder.path,
          () => undefined,
          "image.outPath",
          `{ packages.media = ${toolPkgs}.writeText "media" "${checker}"; }`,
        ),
      );
    assert.equal(imageWith("one"), imageWith("two"));
  });
});

/** An expression for something of a machine that is loaded with the stand-in's real medium. */
function machine(
  folder: string,
  change: (machine: Machine) => void,
  wanted: string,
  arguments_ = "{ }",
): string {
  const dir = join(folder, "machine");
  copyMachine(dir);
  const file = join(dir, "machine.json");
  const settings = machineSchema.parse(JSON.parse(readFileSync(file, "utf8")));
  change(settings);
  writeFileSync(file, JSON.stringify(settings));
  return `
    let
      toolPkgs = ${toolPkgs};
      casement = import ${repository} { inherit toolPkgs; };
      standIn = casement.lib.standIn { inherit toolPkgs; };
      loaded = casement.lib.load ({ pkgs = toolPkgs; dir = ${dir}; inherit (standIn) iso cygwin; } // given);
      given = let own = ${arguments_}; in
        if own ? packages then own // { packages = (import ${repository}/nix/package.nix { pkgs = toolPkgs; src = ${repository}; }) // own.packages; } else own;
    in
    loaded.${wanted}`;
}
