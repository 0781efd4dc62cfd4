import assert from "node:assert/strict";
import { cpSync, existsSync, lstatSync, readFileSync, readlinkSync } from "node:fs";
import { dirname, join } from "node:path";
import { after, before, describe, test } from "node:test";
import { report, timelineFiles } from "../../src/contract/filenames.ts";
import { nixOutput, repository, skipWithoutNix } from "../nix/nix-tool.ts";
import { buildsSpec } from "./builds-machine.ts";
import {
  type Built,
  copyExample,
  makeStandInProject,
  type StandInProject,
  succeeding,
} from "./stand-in-project.ts";

const definitions = `
      app = pkgs.callPackage ./app { inherit (windows) stdenv; };
      # Uses what another build made, by nixpkgs' own means.
      uses = windows.stdenv.mkDerivation {
        name = "uses";
        nativeBuildInputs = [ app ];
        buildCommand = "hi >$out";
      };
      structured = windows.stdenv.mkDerivation {
        name = "structured";
        __structuredAttrs = true;
        words = [ "a b" "c" ];
        env.GREETING = "hello";
        buildCommand = ''
          mkdir $out
          printf '%s\\n' "''\${words[@]}" "$GREETING" >$out/words
        '';
      };
      broken = app.overrideAttrs (previous: { makeFlags = previous.makeFlags ++ [ "BROKEN=1" ]; });
      check = windows.windowsTest {
        name = "check";
        script = ''
          echo "to the log"
          screenshot first
          echo "<testsuites/>" >$out/junit.xml
        '';
      };
      failing = windows.windowsTest {
        name = "failing";
        shell = "cmd";
        script = ''
          @echo off
          echo partial>%out%\\part.txt
          exit 256
        '';
      };

      sum = pkgs.pkgsCross.mingwW64.callPackage ./cross { };
      checked = windows.checkCross sum;
      usesSum = windows.checkCross (pkgs.pkgsCross.mingwW64.callPackage ./cross/uses.nix { inherit sum; });
      checkedBroken = windows.checkCross (sum.overrideAttrs { makeFlags = [ "BROKEN=1" ]; });

      toolArchive = pkgs.runCommand "tools-1.0.tar.gz" { } ''
        mkdir -p tools-1.0/bin
        printf '#!/bin/bash\\necho "a tool of a layer"\\n' >tools-1.0/bin/tool-of-a-layer
        chmod +x tools-1.0/bin/tool-of-a-layer
        tar -czf $out tools-1.0
      '';
      tools = windows.layer (casement.lib.layers.zip {
        name = "tools";
        archive = toolArchive;
        stripRoot = true;
        path = [ "bin" ];
      });
      pending = tools.layer {
        name = "pending";
        shell = "cmd";
        command = ''
          @echo off
          echo on the second layer>C:\\pending.txt
          exit 3010
        '';
      };
      onLayers = pending.runCommand "on-layers" { } ''
        tool-of-a-layer >$out/tool
        cp /cygdrive/c/pending.txt $out/
      '';
      failingLayer = (windows.layer { name = "fails"; command = "echo no >&2; exit 5"; }).image;`;

describe("builds and tests of nixpkgs' kind, on the stand-in", {
  skip: skipWithoutNix,
  timeout: 20 * 60_000,
}, () => {
  let project: StandInProject;
  before(async () => {
    const outputs =
      "        inherit app uses structured broken check failing onLayers failingLayer checked checkedBroken usesSum;\n        toolsImage = tools.image; pendingImage = pending.image;";
    project = await makeStandInProject({ spec: buildsSpec, definitions, outputs, wine: true });
    for (const name of ["app", "cross"]) {
      cpSync(join(repository, "test/e2e", name), join(dirname(project.generated), name), { recursive: true });
    }
  });
  after(() => project[Symbol.dispose]());

  let missing: string | undefined = "freezes a machine with a compiler";
  const build = (...attributes: readonly string[]): Promise<Built> => {
    if (missing !== undefined && attributes[0] !== "windows") throw new Error(`'${missing}' did not pass`);
    return project.build(...attributes);
  };

  test("freezes a machine with a compiler", async () => {
    await succeeding(build("windows"));
    missing = undefined;
  });

  test("builds a C program by stdenv's phases: outputs, modes, links, files, references", async () => {
    const { paths } = await succeeding(build("app^*"));
    const dev = paths.find((path) => path.endsWith("-dev")) ?? "";
    const out = paths.find((path) => !path.endsWith("-dev")) ?? "";
    const log = nixOutput("log", out);
    assert.match(log, /the second phase has the whole text: a long text/);
    assert.ok(existsSync(join(dev, "include/app.h")));
    assert.equal(lstatSync(join(out, "bin/app")).mode & 0o777, 0o555);
    assert.equal(lstatSync(join(out, "share/data")).mode & 0o777, 0o444);
    assert.equal(readlinkSync(join(out, "bin/hi")), "app");
    assert.ok(readFileSync(join(out, "bin/app")).includes(out), "the program knows its own place");
    assert.match(log, /output out: 1 store path in UTF-16/);
    const references = nixOutput("path-info", "--json", out);
    assert.match(references, /-named-in-utf16"/);
  });

  test("lets a build use another's program, and hands on structured attributes", async () => {
    const [used, structured] = await Promise.all([
      succeeding(build("uses")),
      succeeding(build("structured")),
    ]);
    assert.match(readFileSync(used.paths[0] ?? "", "utf8"), /^hello from \/nix\/store\/.*-app-1\.0\n$/);
    assert.equal(readFileSync(join(structured.paths[0] ?? "", "words"), "utf8"), "a b\nc\nhello\n");
  });

  test("names the phase that failed, with its log; the evidence of it is a success", async () => {
    const [failed, evidence] = await Promise.all([build("broken"), succeeding(build("broken.evidence"))]);
    assert.notEqual(failed.exitCode, 0);
    assert.match(failed.log, /this check fails on purpose/);
    assert.match(failed.log, /the command exited with 2 \(0x2\) in checkPhase/);
    const read = (name: string): string => readFileSync(join(evidence.paths[0] ?? "", name), "utf8");
    assert.match(read(report.log), /this check fails on purpose/);
    assert.equal(read(report.exitCode), "2\n");
    assert.match(read(`${report.details}/stage.log`), /phase: run/);
    assert.match(read(`${report.details}/${timelineFiles.text}`), /agent +runs the command +\|[ #]+\|/);
  });

  test("keeps a test's log, screenshots and result, and those of one that fails as evidence", async () => {
    const [passed, failed] = await Promise.all([succeeding(build("check")), build("failing")]);
    const read = (folder: string, name: string): string => readFileSync(join(folder, name), "utf8");
    const [kept = ""] = passed.paths;
    assert.deepEqual([read(kept, report.log), read(kept, report.exitCode)], ["to the log\n", "0\n"]);
    assert.equal(read(kept, `${report.outputs}/out/junit.xml`), "<testsuites/>\n");
    for (const picture of [report.screenshot, `${report.screenshots}/first.png`]) {
      assert.equal(readFileSync(join(kept, picture)).toString("latin1", 1, 4), "PNG");
    }
    assert.match(failed.log, /the command exited with 256 \(0x100\)/);
    assert.match(failed.log, /failed with exit code 255/);
    const [evidence = ""] = (await succeeding(build("failing.evidence"))).paths;
    assert.equal(read(evidence, report.exitCode), "256\n");
    assert.equal(read(evidence, `${report.outputs}/out/part.txt`), "partial\r\n");
  });

  test("runs the tests of a cross build where its programs run, and says where that was", async () => {
    const [passed, broken] = await Promise.all([
      succeeding(build("checked", "usesSum")),
      build("checkedBroken"),
    ]);
    const [checked = ""] = passed.paths;
    assert.match(nixOutput("log", checked), /stage windows-programs-run-under-wine/);
    const verdict = readFileSync(join(checked, "verdict.txt"), "utf8");
    assert.match(
      verdict,
      /^The tests of sum-1\.0 .*passed on casement's stand-in, not on Windows; .* under Wine there\.\n$/,
    );
    assert.notEqual(broken.exitCode, 0);
    assert.match(broken.log, /this check fails on purpose/);
    assert.match(broken.log, /the command exited with 2 \(0x2\) in checkPhase/);
  });

  test("gives a shell after a command that fails, where its folder and variables are, and ends with its code", async () => {
    const typed = "echo in $PWD for $pname; ls app; casement-command; echo again $?\nexit\n";
    const { exitCode, output, log } = await project.run("broken.debug", typed, "--display", "none");
    assert.equal(exitCode, 2, log);
    assert.match(output, /in \/build for app\napp\.c\n|in \/build for app\nMakefile/);
    assert.match(output, /this check fails on purpose[\s\S]*this check fails on purpose[\s\S]*again 2/);
    assert.match(log, /the command has ended with code 2/);
  });

  test("puts layers on one another, restarts where they ask for it, and freezes what they make", async () => {
    const { paths } = await succeeding(build("onLayers", "toolsImage", "pendingImage"));
    const read = (name: string): string => readFileSync(join(paths[0] ?? "", name), "utf8");
    assert.equal(read("tool"), "a tool of a layer\n");
    assert.equal(read("pending.txt"), "on the second layer\r\n");
    const [, ...layers] = paths.map((path) => nixOutput("log", path));
    assert.match(
      layers[1] ?? "",
      /3010 \(0xBC2, success, a restart is needed \(msiexec\)\).*the layer takes it for a success/,
    );
    for (const log of layers) assert.match(log, /\[guest\] restarted/, "once for PATH, once for 3010");
  });

  test("a layer whose command fails is none, and its evidence shows why", async () => {
    const [failed, evidence] = await Promise.all([
      build("failingLayer"),
      succeeding(build("failingLayer.evidence")),
    ]);
    assert.match(failed.log, /the command exited with 5 \(0x5\)/);
    assert.notEqual(failed.exitCode, 0);
    assert.equal(readFileSync(join(evidence.paths[0] ?? "", report.log), "utf8"), "no\n");
  });

  test("the README's example does what it says: a build, a report on layers, the tests of a cross build", async () => {
    using example = await copyExample("app");
    assert.equal(missing, undefined);
    const { log, paths } = await succeeding(
      example.build("greet", "tests", "cross-tests", "checks.x86_64-linux.drift"),
    );
    const [greet = "", tests = "", crossTests = ""] = paths;
    assert.ok(existsSync(join(greet, "bin/greet.exe")));
    assert.equal(readFileSync(join(tests, report.outputs, "out/greeting"), "utf8"), "Hello, Windows.\n");
    assert.ok(existsSync(join(tests, report.screenshots, "greeted.png")));
    assert.match(readFileSync(join(crossTests, "verdict.txt"), "utf8"), /passed on casement's stand-in/);
    for (const path of [greet, crossTests]) {
      assert.doesNotMatch(nixOutput("log", path), /in the future|[Cc]lock skew/);
    }
    assert.doesNotMatch(log, /casement-app-snapshot>/, "the machine of the other tests");
  });
});
