import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { z } from "zod";
import { about, ask } from "../nix/about-machine.ts";
import { refusal, repository, skipWithoutNix } from "../nix/nix-tool.ts";

describe("windows.stdenv", { skip: skipWithoutNix }, () => {
  const app = `(windows.stdenv.mkDerivation (final: {
    pname = "app";
    version = "1";
    outputs = [ "out" "dev" ];
    flags = [ "a" 1 true ];
    text = "long";
    passAsFile = [ "text" ];
    self = placeholder "dev";
    passthru.final = final.finalPackage;
  }))`;

  test("makes a run of a package, with its outputs, and its variables as Nix writes them", () => {
    const { command } = z
      .object({ command: z.record(z.string(), z.unknown()) })
      .parse(ask(`${app}.stageConfig`));
    const environment = z.record(z.string(), z.string()).parse(command["environment"]);
    const seen = Object.fromEntries(
      ["flags", "outputs", "name", "HOME", "system", "builder", "NIX_STORE"].map((name) => [
        name,
        environment[name],
      ]),
    );
    assert.deepEqual(seen, {
      flags: "a 1 1",
      outputs: "out dev",
      name: "app-1",
      HOME: "/homeless-shelter",
      system: "x86_64-cygwin",
      builder: "/bin/bash",
      NIX_STORE: "/nix/store",
    });
    assert.deepEqual(command["passAsFile"], { text: "long" });
    assert.equal(command["makeOutputs"], false);
    assert.equal(environment["text"], undefined);
  });

  test("is what other packages of nixpkgs are: overrideAttrs, finalPackage, outputs, names", () => {
    assert.deepEqual(
      ask(`let p = ${app}; in {
        same = p.passthru.final.drvPath == p.drvPath;
        changed = (p.overrideAttrs (previous: { pname = previous.pname + "2"; })).name;
        twice = ((p.overrideAttrs { version = "2"; }).overrideAttrs (final: previous: { pname = "b"; })).name;
        dev = p.dev.outputName;
        version = p.version;
        evidence = p.evidence.name;
        ofDev = [ (p.dev ? overrideAttrs) p.dev.version ];
        platform = p.stdenv.hostPlatform.isCygwin;
        system = p.stdenv.system;
        compiler = p.stdenv.cc.targetPrefix + "cc";
        asksItself = (p.overrideAttrs (final: previous: { flags = [ (final.finalPackage.doCheck or "none") ]; })).flags;
        hook = (p.stdenv.override (old: { preHook = old.preHook + "x"; })).drvPath != p.stdenv.drvPath;
        differ = (p.overrideAttrs { text = "other"; }).drvPath != p.drvPath;
      }`),
      {
        same: true,
        changed: "app2-1",
        twice: "b-2",
        dev: "dev",
        version: "1",
        evidence: "app-1-evidence",
        ofDev: [true, "1"],
        platform: true,
        system: "x86_64-cygwin",
        compiler: "cc",
        asksItself: ["none"],
        hook: true,
        differ: true,
      },
    );
  });

  const build = (attributes: string): string =>
    `(windows.stdenv.mkDerivation { name = "bad"; ${attributes} }).drvPath`;
  const refusals: readonly (readonly [string, string, readonly RegExp[]])[] = [
    [
      "every program and library of Linux among the inputs, by name",
      build(
        "nativeBuildInputs = [ pkgs.gnumake ]; buildInputs = [ pkgs.zstd pkgs.pkgsCross.mingwW64.stdenv.cc ];",
      ),
      [
        /bad cannot be built in Windows/,
        /nativeBuildInputs: 'gnumake-\S+' is for x86_64-linux/,
        /buildInputs: 'zstd-\S+' is for x86_64-linux/,
        /cygwin\.packages/,
      ],
    ],
    [
      "a builder of Linux",
      build('realBuilder = "/bin/zsh";'),
      [/realBuilder: '\/bin\/zsh' is a program of Linux/],
    ],
    [
      "what would get the host's network",
      build('outputHash = ""; outputHashAlgo = "sha256";'),
      [/'outputHash' is not supported: a fixed-output derivation would get the host's network/],
    ],
    [
      "what Nix would do to a build and not to a guest's",
      build("__impure = true; __contentAddressed = true;"),
      [
        /'__contentAddressed' is not supported/,
        /'__impure' is not supported: it would get the host's network/,
      ],
    ],
    [
      "programs of Linux as inputs of every build",
      `(windows.stdenv.override { extraBuildInputs = [ pkgs.zstd ]; }).drvPath`,
      [/stdenv\.override: 'zstd-\S+': only files of shell/],
    ],
    ["a name that casement needs", build("casement = 1;"), [/'casement' is not supported/]],
    ["a variable that bash has no name for", build('"a-b" = 1;'), [/not a variable's name, got "a-b"/]],
  ];
  for (const [title, expression, want] of refusals) {
    test(`refuses ${title}`, () => {
      const said = refusal(about(expression));
      for (const pattern of want) assert.match(said, pattern);
    });
  }

  test("takes what runs there: its own builds, runs, cross builds, files", () => {
    const inputs = `[ ${app} (windows.runCommand "x" { } "") (pkgs.pkgsCross.mingwW64.stdenv.mkDerivation { name = "dll"; }) ./hook.sh ]`;
    assert.match(
      String(ask(build(`nativeBuildInputs = ${inputs.replace("./hook.sh", `${repository}/README.md`)};`))),
      /-bad\.drv$/,
    );
  });
});

describe("outputs of builds and runs", { skip: skipWithoutNix }, () => {
  test("are checked as they say, and a report of them is not", () => {
    const references = "allowedReferences = [ ];";
    const structured = "__structuredAttrs = true; outputChecks.out.allowedReferences = [ ];";
    assert.deepEqual(
      ask(`map (p: { own = p.drvAttrs.outputChecks; report = p.evidence.drvAttrs.outputChecks or null; }) [
        (windows.stdenv.mkDerivation { name = "x"; ${references} })
        (windows.stdenv.mkDerivation { name = "x"; ${structured} })
        (windows.runCommand "x" { ${references} } "")
      ]`),
      Array.from({ length: 3 }, () => ({ own: { out: { allowedReferences: [] } }, report: null })),
    );
  });

  test("may have the names of what is beside them", () => {
    assert.deepEqual(
      ask(`let p = windows.stdenv.mkDerivation { name = "x"; outputs = [ "out" "debug" "evidence" ]; }; in
        [ p.debug.outputName p.evidence.outputName p.passthru.debug.name p.passthru.evidence.name ]`),
      ["debug", "evidence", "casement-debug", "x-evidence"],
    );
  });
});

describe("windows.checkCross", { skip: skipWithoutNix }, () => {
  test("builds the package again for its tests, and runs these as a build in the guest", () => {
    const found = ask(`
      let checked = windows.checkCross (pkgs.pkgsCross.mingwW64.stdenv.mkDerivation { name = "sum"; outputs = [ "out" "dev" ]; checkTarget = "tests"; });
      in { inherit (checked) name checkTarget doCheck; tree = checked.tree.outputs; says = checked.verdict; }`);
    assert.deepEqual(found, {
      name: "sum-checked",
      checkTarget: "tests",
      doCheck: true,
      tree: ["out", "dev", "checkTree"],
      says: "The tests of sum (x86_64-w64-mingw32) passed on casement's stand-in, not on Windows; Windows programs ran under Wine there.",
    });
  });

  test("gives the check phase the package's own variables, and the build what its tests need", () => {
    const { environment, inputs } = z
      .object({ environment: z.record(z.string(), z.string()), inputs: z.array(z.string()) })
      .parse(
        ask(`let
          library = pkgs.pkgsCross.mingwW64.stdenv.mkDerivation { name = "library"; };
          checked = windows.checkCross (pkgs.pkgsCross.mingwW64.stdenv.mkDerivation {
            name = "x";
            src = ./.;
            testNames = [ "a" "b" ];
            env.MODE = "fast";
            preBuild = "exit 1";
            preCheck = "cd tests";
            checkPhase = "for test in $testNames; do ./$test; done";
            checkInputs = [ library ];
          });
        in
        { inherit (checked.stageConfig.command) environment; inputs = map (input: input.name) checked.tree.buildInputs; }`),
      );
    const names = ["testNames", "MODE", "preCheck", "checkPhase", "src", "preBuild"];
    assert.deepEqual(
      names.map((name) => environment[name]),
      ["a b", "fast", "cd tests", "for test in $testNames; do ./$test; done", undefined, undefined],
    );
    assert.deepEqual(inputs, ["library"]);
  });

  test("refuses what Windows does not run", () => {
    assert.match(
      refusal(about(`windows.checkCross pkgs.stdenv.mkDerivation { name = "x"; }`)),
      /checkCross: not a package/,
    );
    assert.match(
      refusal(about(`(windows.checkCross (pkgs.stdenv.mkDerivation { name = "linux"; })).drvPath`)),
      /'linux' is no cross build; take it from pkgs\.pkgsCross\.mingwW64/,
    );
    assert.match(
      refusal(about(`(windows.checkCross (windows.runCommand "run" { } "")).drvPath`)),
      /'run' is no cross build/,
    );
  });
});

describe("windows.windowsTest", { skip: skipWithoutNix }, () => {
  test("keeps a report, in the shell that it says", () => {
    const config = z
      .object({ keeps: z.string(), command: z.object({ kind: z.string() }) })
      .parse(ask(`(windows.windowsTest { name = "t"; shell = "powershell"; script = ""; }).stageConfig`));
    assert.deepEqual([config.keeps, config.command.kind], ["report", "powershell"]);
  });

  test("refuses a shell that is none", () => {
    assert.match(
      refusal(about(`(windows.windowsTest { name = "t"; shell = "sh"; script = ""; }).drvPath`)),
      /test 't': shell: is not one of this machine's, got "sh"/,
    );
  });
});
