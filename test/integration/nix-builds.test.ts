import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { z } from "zod";
import { evaluate, refusal, repository, skipWithoutNix, toolPkgs } from "../nix/nix-tool.ts";

/** An expression about `windows`, a machine whose stages hold nothing, and `pkgs`. */
const about = (expression: string): string => `
  let
    pkgs = ${toolPkgs};
    windows = import ${repository}/test/nix/loaded.nix {
      source = ${repository};
      dir = ${repository}/test/nix/machine;
      toolPkgs = pkgs;
    };
    layers = (import ${repository} { toolPkgs = pkgs; }).lib.layers;
    file = pkgs.writeText "file" "";
  in
  ${expression}`;

const ask = (expression: string): unknown => evaluate(about(expression));

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
        platform = p.stdenv.hostPlatform.isCygwin;
        differ = (p.overrideAttrs { text = "other"; }).drvPath != p.drvPath;
      }`),
      {
        same: true,
        changed: "app2-1",
        twice: "b-2",
        dev: "dev",
        version: "1",
        evidence: "app-1-evidence",
        platform: true,
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

  test("refuses what Windows does not run", () => {
    assert.match(
      refusal(about(`windows.checkCross pkgs.stdenv.mkDerivation { name = "x"; }`)),
      /checkCross: not a package/,
    );
    assert.match(
      refusal(about(`(windows.checkCross (pkgs.stdenv.mkDerivation { name = "linux"; })).drvPath`)),
      /'linux' is for x86_64-unknown-linux-gnu; take it from pkgs\.pkgsCross\.mingwW64/,
    );
  });
});

describe("windows.layer", { skip: skipWithoutNix }, () => {
  const machine = (lower: string, upper: string): string => `
    let
      a = windows.layer { name = "a"; command = "${lower}"; };
      b = a.layer { name = "b"; command = "${upper}"; };
      run = machine: (machine.runCommand "hello" { } "true").outPath;
    in
    {
      base = windows.image.outPath;
      a = a.image.outPath;
      b = b.image.outPath;
      snapshot = windows.outPath;
      snapshotOfB = b.outPath;
      onA = run a;
      onB = run b;
      names = [ a.name b.name a.image.name b.image.name ];
    }`;
  const paths = (lower: string, upper: string): Record<string, unknown> =>
    z.record(z.string(), z.unknown()).parse(ask(machine(lower, upper)));

  test("rebuilds a layer and what stands on it, and nothing below or beside", () => {
    const base = paths("one", "two");
    const changed = (other: Record<string, unknown>): string[] =>
      Object.keys(base).filter((key) => JSON.stringify(base[key]) !== JSON.stringify(other[key]));
    assert.deepEqual(changed(paths("one", "three")), ["b", "onB", "snapshotOfB"]);
    assert.deepEqual(changed(paths("other", "two")), ["a", "b", "onA", "onB", "snapshotOfB"]);
  });

  test("has names by which caches and licences know it", () => {
    assert.deepEqual(paths("one", "two")["names"], [
      "casement-win11-a-snapshot",
      "casement-win11-a-b-snapshot",
      "casement-win11-layer-a",
      "casement-win11-layer-b",
    ]);
  });

  test("refuses all faults of its arguments at once", () => {
    const said = refusal(
      about(
        `(windows.layer { name = "a b"; command = ""; shell = "zsh"; exitCodes = { success = 0; other = [ ]; }; }).image.outPath`,
      ),
    );
    for (const pattern of [
      /name: "a b" is no part of a store name/,
      /shell: is not one of this machine's, got "zsh"; allowed: bash, cmd, powershell/,
      /exitCodes\.other: unknown; allowed: restart, restarting, success/,
      /exitCodes\.success: has to be a list of codes/,
    ])
      assert.match(said, pattern);
  });
});

describe("casement.lib.layers", { skip: skipWithoutNix }, () => {
  test("quotes what a package or an installer is told, for cmd and for it", () => {
    const { msi, exe } = z.object({ msi: z.string(), exe: z.string() }).parse(
      ask(`{
        msi = (layers.msi { name = "tool"; inherit file; properties.INSTALLDIR = "C:\\\\a \\"b\\" 50%"; }).command;
        exe = (layers.exe { name = "tool"; inherit file; arguments = [ "/S" "/D=C:\\\\x y\\\\" "a&b" ]; }).command;
      }`),
    );
    assert.match(msi, /ALLUSERS=1 INSTALLDIR="C:\\a ""b"" 50%%"\n/);
    assert.match(exe, /setup\.exe \/S "\/D=C:\\x y\\\\" "a&b"\n/);
  });

  for (const [title, expression, want] of [
    [
      "a property that is none",
      'layers.msi { name = "x"; inherit file; properties.lower = "1"; }',
      /properties\.lower: is no public property/,
    ],
    [
      "a quote in an argument",
      `layers.exe { name = "x"; inherit file; arguments = [ "a\\"b" ]; }`,
      /a quote cannot be handed on, got "a\\"b"/,
    ],
    [
      "letters that cmd cannot carry",
      'layers.exe { name = "x"; inherit file; arguments = [ "ü x" ]; }',
      /allowed: printable ASCII/,
    ],
    [
      "a path as a file's name",
      `layers.exe { name = "x"; inherit file; fileName = "a\\\\b.exe"; }`,
      /fileName: not a plain file name/,
    ],
    [
      "a folder that is on no drive",
      'layers.zip { name = "x"; archive = file; to = "/tools"; }',
      /to: not a folder on a drive/,
    ],
  ] as const) {
    test(`refuses ${title}`, () => assert.match(refusal(about(`(${expression}).command`)), want));
  }
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
