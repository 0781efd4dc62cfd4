import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { z } from "zod";
import { copySource, evaluate, nix, nixOutput, refusal, repository, scratch } from "../nix/nix-tool.ts";
import { importNixpkgs, nixpkgs, skipWithoutNixpkgs } from "../nix/nixpkgs.ts";
import { completeStarter, edit, startFromTemplate } from "../nix/starter.ts";

// Evaluated to the last derivation, and nothing of it is built. npm run check:nixpkgs -- FOLDER runs this.
const derivations = z.record(z.string(), z.string().regex(/^\/nix\/store\/[0-9a-z]{32}-.*\.drv$/));
const pkgs = importNixpkgs();
const casement = `(import ${repository} { inherit pkgs; toolPkgs = pkgs; })`;
const free = importNixpkgs(
  `{ allowUnfreePredicate = (import ${repository} { toolPkgs = { }; }).lib.allowUnfreePredicate; }`,
);

describe("a real nixpkgs evaluates", { skip: skipWithoutNixpkgs() }, () => {
  test("Casement's programs and the stand-in", () => {
    derivations.parse(
      evaluate(`let pkgs = ${pkgs}; inherit (${casement}) lib packages; in
        builtins.mapAttrs (_: drv: drv.drvPath) (packages // lib.standIn { })`),
    );
  });

  test("each kind of layer, the tests of cross builds, and the stand-in with Wine", () => {
    derivations.parse(
      evaluate(`let
        pkgs = ${pkgs};
        casement = ${casement};
        windows = import ${repository}/test/golden/hello {
          inherit pkgs casement;
          inherit (casement.lib.standIn { wine = true; }) iso cygwin;
        };
        inherit (casement.lib) layers;
        file = pkgs.emptyFile;
        inherit (pkgs) pkgsCross;
      in {
        mingw = (windows.checkCross pkgsCross.mingwW64.hello).drvPath;
        ucrt = (windows.checkCross pkgsCross.ucrt64.zlib).drvPath;
        cygwin = (windows.checkCross pkgsCross.x86_64-cygwin.hello).drvPath;
      } // builtins.mapAttrs (_: given: (windows.layer given).drvPath) {
        msi = layers.msi { name = "x"; inherit file; };
        exe = layers.exe { name = "x"; inherit file; };
        zip = layers.zip { name = "x"; archive = file; };
        msys2 = layers.msys2 { archive = file; packages = [ file ]; };
      }`),
    );
  });

  test("the libraries of nixpkgs' own compilers for Windows, for the tests of a cross build", () => {
    const folders = z.array(z.string()).parse(
      evaluate(`let
        pkgs = ${pkgs};
        casement = ${casement};
        windows = import ${repository}/test/golden/hello {
          inherit pkgs casement;
          inherit (casement.lib.standIn { }) iso cygwin;
        };
      in (windows.checkCross pkgs.pkgsCross.mingwW64.hello).tree.drvAttrs.libraryFolders`),
    );
    assert.deepEqual(
      folders.map((folder) =>
        folder.replace(/\/nix\/store\/[0-9a-z]{32}-/, "").replace(/-[0-9.]+(?=[-/])/, ""),
      ),
      [
        "x86_64-w64-mingw32-gcc-lib/x86_64-w64-mingw32/bin",
        "x86_64-w64-mingw32-gcc-lib/x86_64-w64-mingw32/lib",
        "mcfgthread-x86_64-w64-mingw32/bin",
      ],
    );
  });

  test("a NixOS test with the machine among its nodes, and one of a machine with a layer", () => {
    const said = evaluate(`let
      pkgs = ${pkgs};
      casement = ${casement};
      windows = import ${repository}/test/golden/hello {
        inherit pkgs casement;
        inherit (casement.lib.standIn { }) iso cygwin;
      };
      mixed = windows.nixosTest {
        name = "mixed";
        nodes.off = { lib, ... }: { virtualisation.interfaces = lib.mkForce { }; };
        nodes.server.services.nginx.enable = true;
        nodes.web_server = { };
        testScript = "start_all()";
      };
      layered = (windows.layer { name = "x"; command = "true"; }).nixosTest { name = "layered"; testScript = ""; };
      twice = windows.nixosTest {
        name = "twice";
        nodes.windows.virtualisation.memorySize = 4096;
        testScript = "";
      };
    in {
      drvs = builtins.mapAttrs (_: drv: drv.drvPath) {
        inherit mixed layered;
        interactive = mixed.driverInteractive;
      };
      inherit (mixed.nodes.windows.system.build.vm.stageConfig) hosts;
      server = mixed.nodes.server.networking.extraHosts;
      refused = !(builtins.tryEval twice.drvPath).success;
      features = (mixed.config.rawTestDerivationArg { finalPackage = null; }).requiredSystemFeatures;
    }`);
    const { drvs, hosts, server, refused, features } = z
      .object({
        drvs: derivations,
        hosts: z.array(z.unknown()),
        server: z.string(),
        refused: z.boolean(),
        features: z.array(z.string()),
      })
      .parse(said);
    assert.equal(Object.keys(drvs).length, 3);
    assert.deepEqual(hosts, [
      { address: "192.168.0.11", name: "server" },
      { address: "192.168.0.12", name: "web_server" },
    ]);
    assert.ok(refused, "nodes.windows is the machine's own");
    assert.match(server, /^192\.168\.0\.1 windows$/m);
    assert.deepEqual(features, ["nixos-test"], "the example is emulated");
  });

  const goldens = readdirSync(join(repository, "test/golden"), { withFileTypes: true });
  for (const { name: example } of goldens.filter((entry) => entry.isDirectory())) {
    test(`image, snapshot, runs and proof of the example ${example}`, () => {
      const machine = `let
        pkgs = ${pkgs};
        casement = ${casement};
        standIn = casement.lib.standIn { };
        inherit (builtins.fromJSON (builtins.readFile ${repository}/test/golden/${example}/machine.json)) drivers;
        windows = import ${repository}/test/golden/${example} ({
          inherit pkgs casement;
          inherit (standIn) iso cygwin;
          drivers = pkgs.lib.genAttrs drivers.folders (_: pkgs.emptyDirectory);
        } // pkgs.lib.optionalAttrs (drivers.virtioWin != [ ]) { virtioWin = pkgs.emptyDirectory; });
      in builtins.mapAttrs (_: drv: drv.drvPath) {
        inherit (windows) image bootstrapIso mediumCheck snapshot controller proof;
        inherit (windows.tests) smoke;
        cmd = windows.runCommandCmd "x" { src = pkgs.hello; } "ver";
        inherit (windows.runCommandCmd "x" { } "ver") evidence;
        report = windows.windowsTest { name = "x"; script = "ver"; };
        built = windows.stdenv.mkDerivation { name = "x"; src = ./.; outputs = [ "out" "dev" ]; };
        inherit (windows) debug;
        debugged = (windows.stdenv.mkDerivation { name = "x"; }).debug;
        layer = (windows.layer { name = "x"; command = "true"; }).runCommandCmd "x" { } "ver";
      }`;
      derivations.parse(evaluate(machine));
    });
  }

  test("a locked Cygwin, each of whose packages it fetches from all archives in turn", async () => {
    using starter = scratch();
    await startFromTemplate(starter.path);
    await completeStarter(starter.path);
    edit(join(starter.path, "casement/cygwin.lock.json"), (text) =>
      text.replace('"http://127.0.0.1:1"', '"http://127.0.0.1:1", "http://127.0.0.1:2"'),
    );
    const files = evaluate(`let pkgs = ${free}; in
      map ({ path, file, ... }: { inherit path; inherit (file) urls outputHashAlgo; })
        (import ${starter.path}/casement { inherit pkgs; casement = ${casement}; }).cygwin.files`);
    const fetched = z.array(z.object({ path: z.string(), urls: z.array(z.string()) })).parse(files);
    const openssh = fetched.find(({ path }) => path.includes("release/openssh/"));
    assert.deepEqual(
      openssh?.urls,
      [1, 2].map((port) => `http://127.0.0.1:${port}/${openssh?.path}`),
    );
  });
});

describe("a real nixpkgs fetches", { skip: skipWithoutNixpkgs() }, () => {
  test("an ISO by its address, to the path that it has when it is added", async () => {
    using starter = scratch();
    await startFromTemplate(starter.path);
    await completeStarter(starter.path);
    const iso = `let pkgs = ${free}; in (import ${starter.path}/casement { inherit pkgs; casement = ${casement}; }).iso`;
    const added = evaluate(`(${iso}).outPath`);
    edit(join(starter.path, "casement/machine.json"), (text) =>
      text.replace('"url": null', '"url": "https://a.example/a.iso"'),
    );
    assert.deepEqual(
      evaluate(`{ path = (${iso}).outPath; inherit (${iso}) urls; inherit ((${iso}).meta.license) free; }`),
      {
        path: added,
        urls: ["https://a.example/a.iso"],
        free: false,
      },
    );
  });
});

describe("a real nixpkgs", { skip: skipWithoutNixpkgs() }, () => {
  const folder = scratch();
  const source = join(folder.path, "source");
  const starter = join(folder.path, "starter");
  let stored = "";
  before(async () => {
    // Once, and not for each input of each flake; less the history that a checkout has.
    stored = nixOutput(
      "eval",
      "--impure",
      "--raw",
      "--expr",
      `builtins.path { path = ${nixpkgs}; name = "source"; filter = path: _: baseNameOf path != ".git"; }`,
    );
    copySource(source);
    await startFromTemplate(starter);
    await completeStarter(starter);
  });
  after(() => folder[Symbol.dispose]());

  test("refuses Windows as it is, and the message names the package and the remedy", () => {
    const message = refusal(
      `let pkgs = ${pkgs}; in (import ${starter}/casement { inherit pkgs; casement = ${casement}; }).drvPath`,
    );
    assert.match(message, /Refusing to evaluate package 'casement-win11-snapshot'/);
    assert.match(message, /config\.allowUnfreePredicate = casement\.lib\.allowUnfreePredicate/);
  });

  test("accepts Windows with Casement's predicate, and nothing else that is unfree", () => {
    const windows = `let pkgs = ${free}; in (import ${starter}/casement { inherit pkgs; casement = ${casement}; })`;
    derivations.parse({ windows: evaluate(`${windows}.drvPath`) });
    assert.match(
      refusal(
        `let pkgs = ${free}; in (pkgs.runCommand "other-1" { meta.license = pkgs.lib.licenses.unfree; } "").drvPath`,
      ),
      /Refusing to evaluate package 'other-1'/,
    );
  });

  test("takes the overlay, and then the generated folder wants nothing but pkgs", () => {
    const hello = evaluate(`let
      overlay = (import ${repository} { toolPkgs = ${pkgs}; }).overlays.default;
      pkgs = ${free}.extend overlay;
    in { command = pkgs.casement.drvPath; hello = ((import ${starter}/casement { inherit pkgs; }).runCommand "hello" { } "ver").drvPath; }`);
    derivations.parse(hello);
  });

  test("lets Casement's flake pass nix flake check", () => {
    const { exitCode, stderr } = check(source, stored, ["nixpkgs"]);
    assert.equal(exitCode, 0, stderr);
  });

  test("lets the starter's flake pass nix flake check, without an ISO", () => {
    const { exitCode, stderr } = check(starter, stored, ["nixpkgs", "casement/nixpkgs"], source);
    assert.equal(exitCode, 0, stderr);
  });
});

/** nix flake check without builds and without import from derivation, with a nixpkgs of the store in these inputs' places. */
function check(
  flake: string,
  stored: string,
  inputs: readonly string[],
  source?: string,
): ReturnType<typeof nix> {
  return nix(
    "flake",
    "check",
    "--no-build",
    "--no-write-lock-file",
    "--no-allow-import-from-derivation",
    ...(source === undefined ? [] : ["--override-input", "casement", `path:${source}`]),
    ...inputs.flatMap((input) => ["--override-input", input, `path:${stored}`]),
    `path:${flake}`,
  );
}
