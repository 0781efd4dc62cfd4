import assert from "node:assert/strict";
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, test } from "node:test";
import { machineSchema } from "../../src/contract/machine.ts";
import {
  copyMachine,
  evaluate,
  refusal,
  repository,
  scratch,
  skipWithoutNix,
  toolPkgs,
} from "../nix/nix-tool.ts";

interface Given {
  /** Changes the generated folder before it is loaded. */
  readonly dir?: (dir: string) => void;
  /** Nix expressions: further arguments of load, the user's package set, and what is asked of the loaded machine. */
  readonly arguments?: string;
  readonly pkgs?: string;
  readonly ask?: string;
}

const anOpenSsh = `${toolPkgs}.runCommand "openssh" { } "mkdir $out"`;

const refusals: readonly (Given & { readonly title: string; readonly want: readonly RegExp[] })[] = [
  {
    title: "a machine.json of an older version, with the command that mends it",
    dir: (dir) => edit(dir, { version: 0 }),
    want: [/machine\.json: version is not supported, got 0; allowed: 1/, /casement generate/],
  },
  {
    title: "a machine.json of a newer version, with the command that mends it",
    dir: (dir) => edit(dir, { version: 2 }),
    want: [/version is not supported, got 2; allowed: 1/, /nix flake update casement/],
  },
  {
    title: "a machine.json without a version",
    dir: (dir) => writeFileSync(join(dir, "machine.json"), "{}"),
    want: [/version is not supported, got null; allowed: 1/],
  },
  {
    title: "a folder that nothing was generated into, or that git does not know",
    dir: (dir) => rmSync(join(dir, "machine.json")),
    want: [/machine\.json: not found/, /casement generate/, /git add --intent-to-add/],
  },
  {
    title: "a generated folder that lacks files, all of them named",
    dir: (dir) => {
      rmSync(join(dir, "media/floppy.img"));
      rmSync(join(dir, "controller"), { recursive: true });
    },
    want: [/media\/floppy\.img: missing from/, /controller\/smb\.conf: missing from/, /casement generate/],
  },
  {
    title: "an arm64 guest under kvm, which no x86_64 host has",
    dir: (dir) => edit(dir, { architecture: "arm64" }, { accelerator: "kvm" }),
    want: [/hardware\.accelerator: 'kvm' cannot run an arm64 guest/, /accelerator to tcg/],
  },
  {
    title: "a machine without ISO and without Cygwin, in one message with what to do",
    arguments: "{ iso = null; cygwin = null; }",
    want: [
      /iso: no Windows ISO is known/,
      /windows\.iso\.sha256/,
      /nix-store --add-fixed sha256 FILE\.iso/,
      /cygwin: no folder with Cygwin's packages/,
    ],
  },
  {
    title: "access: openssh without a Win32-OpenSSH, of a release that brings none",
    dir: toOpenSsh,
    arguments: "{ cygwin = null; }",
    want: [/openssh: no Win32-OpenSSH is known/, /its release's zip, pinned by its hash/],
  },
  {
    title: "access: openssh with a Cygwin beside it",
    dir: toOpenSsh,
    arguments: `{ openssh = ${anOpenSsh}; }`,
    want: [/cygwin, cygwinPackages: the spec says access: openssh/],
  },
  {
    title: "access: cygwin with a Win32-OpenSSH beside it",
    arguments: `{ openssh = ${anOpenSsh}; }`,
    want: [/openssh: the spec says access: cygwin/],
  },
  {
    title: "a command for bash where there is none, with those that there are",
    dir: toOpenSsh,
    arguments: `{ cygwin = null; openssh = ${anOpenSsh}; }`,
    ask: `runCommand "x" { } ""`,
    want: [/run 'x' wants bash, and the spec says access: openssh/, /runCommandCmd or runCommandPowerShell/],
  },
  {
    title: "an ISO as plain text, which would not be in the sandbox",
    arguments: '{ iso = "/nix/store/windows.iso"; }',
    want: [
      /iso: not a file that Nix knows, got the text "\/nix\/store\/windows\.iso"/,
      /builtins\.storePath/,
    ],
  },
  {
    title: "a machine that loses what it needs by override",
    ask: "override { cygwin = null; }",
    want: [/cygwin: no folder with Cygwin's packages/],
  },
  {
    title: "media that are not there",
    arguments: "{ iso = ./windows.iso; cygwin = ./cygwin; }",
    want: [/iso: \S+\/windows\.iso does not exist/, /cygwin: \S+\/cygwin does not exist/],
  },
  {
    title: "another platform",
    arguments: `{ toolPkgs = ${toolPkgs} // { stdenv.hostPlatform.system = "aarch64-linux"; }; }`,
    want: [/system is not supported, got 'aarch64-linux'/, /Allowed: x86_64-linux/],
  },
  {
    title: "a package set without what VMs are built with, all of it by name and what to do",
    arguments: `{ toolPkgs = removeAttrs ${toolPkgs} [ "nodejs_24" "vde2" ]; }`,
    want: [
      /toolPkgs \(nixpkgs 26\.05\) lacks/,
      /- vde2\n/,
      /- nodejs_24 \(in nixpkgs since 25\.05\)/,
      /Leave toolPkgs out/,
    ],
  },
  {
    title: "such a package set as a later change, too",
    ask: `override { toolPkgs = removeAttrs ${toolPkgs} [ "vde2" ]; }`,
    want: [/toolPkgs \(nixpkgs 26\.05\) lacks/, /- vde2\n/],
  },
  {
    title: "a package set that is none",
    arguments: "{ toolPkgs = { }; }",
    want: [/toolPkgs is not a package set: it has no `lib`/],
  },
  {
    title: "a QEMU that is older than the machine's type",
    arguments: `{ toolPkgs = ${toolPkgs} // { qemu_kvm = ${toolPkgs}.qemu // { version = "9.2.3"; }; }; }`,
    want: [/hardware\.machineType: pc-i440fx-10\.0 needs QEMU 10\.0 or later, and toolPkgs has 9\.2\.3/],
  },
  {
    title: "Linux programs as inputs of a run",
    ask: `runCommand "x" { nativeBuildInputs = [ ]; } ""`,
    want: [/win11: run 'x': attribute 'nativeBuildInputs' is not supported/, /Windows cannot use/],
  },
  {
    title: "a variable of a run that cannot be text",
    ask: `runCommand "x" { hook = a: a; } ""`,
    want: [/win11: run 'x': variable 'hook' cannot be text, got a lambda/],
  },
  {
    title: "a name that no variable of a shell can have",
    ask: `runCommand "x" { "a-b" = 1; } ""`,
    want: [/win11: run 'x': not a variable's name, got "a-b"/],
  },
  {
    title: "a command at the desktop of a machine where nobody is logged on, with the field of the spec",
    ask: `runCommandCmd "x" { desktop = true; } ""`,
    want: [
      /win11: run 'x': desktop: nobody is logged on at this machine's console/,
      /windows\.desktop: true in the spec and run: casement generate/,
    ],
  },
  {
    title: "a test at the desktop of a machine where nobody is logged on",
    ask: `windowsTest { name = "x"; desktop = true; script = ""; }`,
    want: [/win11: test 'x': desktop: nobody is logged on at this machine's console/],
  },
  {
    title: "a desktop that is meant as a variable",
    ask: `runCommand "x" { desktop = "wide"; } ""`,
    want: [/win11: run 'x': desktop: says whether the script runs at the desktop, got a string/],
  },
  {
    title: "Windows under a nixpkgs that allows nothing unfree",
    arguments: "{ standIn = false; }",
    pkgs: checkingPkgs("_: false"),
    want: [
      /your nixpkgs refuses casement-win11-snapshot, because Windows is not free/,
      /config\.allowUnfreePredicate = casement\.lib\.allowUnfreePredicate/,
      /refused by the user's nixpkgs: casement-win11-snapshot/,
    ],
  },
];

describe("load refuses, before anything is built,", { skip: skipWithoutNix }, () => {
  for (const { title, want, ...given } of refusals) {
    test(title, () => {
      using folder = scratch();
      const message = refusal(loaded(folder.path, given));
      for (const pattern of want) assert.match(message, pattern);
    });
  }
});

describe("load accepts", { skip: skipWithoutNix }, () => {
  test("Windows under a nixpkgs with Casement's licence predicate, and marks it unfree", () => {
    using folder = scratch();
    const given = "{ standIn = false; }";
    const pkgs = checkingPkgs(`(import ${repository} { toolPkgs = ${toolPkgs}; }).lib.allowUnfreePredicate`);
    const ask = "image.meta.license.free";
    assert.equal(evaluate(loaded(folder.path, { arguments: given, pkgs, ask })), false);
  });

  test("the stand-in without asking anybody's licence policy", () => {
    using folder = scratch();
    const pkgs = checkingPkgs("_: false");
    assert.equal(evaluate(loaded(folder.path, { pkgs, ask: "image.meta ? license" })), false);
  });

  test("the ISO that the spec names, whose derivation says how to add it", () => {
    using folder = scratch();
    const sha256 = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
    const iso = { name: "Win11_24H2.iso", sha256 };
    const given: Given = {
      dir: (dir) => edit(dir, { iso }),
      arguments: "{ iso = null; }",
      ask: "iso",
    };
    assert.deepEqual(
      evaluate(
        `let iso = ${loaded(folder.path, given)}; in { inherit (iso) name outputHash; says = builtins.match ".*nix-store --add-fixed sha256 Win11_24H2.iso.*" iso.message != null; }`,
      ),
      { name: iso.name, outputHash: sha256, says: true },
    );
  });

  test("a snapshot to be fetched where the spec says so, and an image always", () => {
    using folder = scratch();
    const allowed = (substituteSnapshots: boolean): unknown => {
      const dir = (at: string): void =>
        edit(at, { nix: { requiredSystemFeatures: [], substituteSnapshots } });
      const windows = loaded(join(folder.path, String(substituteSnapshots)), { dir, ask: "snapshot" });
      return evaluate(
        `map (stage: stage.drvAttrs.allowSubstitutes or true) (let w = ${windows}; in [ w.image w ])`,
      );
    };
    assert.deepEqual(allowed(false), [true, false]);
    assert.deepEqual(allowed(true), [true, true]);
  });

  test("nothing but builders with the features that the spec asks for, in every stage", () => {
    using folder = scratch();
    const given = {
      dir: (dir: string) =>
        edit(
          dir,
          { nix: { requiredSystemFeatures: ["windows-vm"], substituteSnapshots: false } },
          { accelerator: "kvm" },
        ),
      ask: "snapshot",
    };
    const stages = `let windows = ${loaded(folder.path, given)}; in [
      windows.image
      windows
      (windows.layer { name = "x"; command = ""; }).image
      (windows.runCommand "x" { requiredSystemFeatures = [ "big" ]; } "")
    ]`;
    const asked = ["kvm", "windows-vm"];
    assert.deepEqual(evaluate(`map (stage: stage.drvAttrs.requiredSystemFeatures) (${stages})`), [
      asked,
      asked,
      asked,
      [...asked, "big"],
    ]);
  });
});

describe("load of access: openssh", { skip: skipWithoutNix }, () => {
  test("takes Server 2025 without a Win32-OpenSSH, and puts neither it nor a Cygwin on the medium", () => {
    using folder = scratch();
    const dir = (at: string): void => {
      toOpenSsh(at);
      edit(at, { release: "windows-server-2025" });
    };
    const given = { dir, arguments: "{ cygwin = null; }", ask: "bootstrapIso" };
    const args = evaluate(`(${loaded(folder.path, given)}).args`);
    assert.ok(Array.isArray(args));
    assert.deepEqual(
      args.filter((each) => /^\/(cygwin|openssh)=/.test(String(each))),
      [],
    );
  });
});

describe("the licence predicate", { skip: skipWithoutNix }, () => {
  test("allows what Casement names and nothing else", () => {
    const names = ["casement-win11-image", "casement-win11-iso", "casementary-1.0", "steam-1.0"];
    const predicate = `(import ${repository} { toolPkgs = { }; }).lib.allowUnfreePredicate`;
    assert.deepEqual(
      evaluate(`map (name: ${predicate} { inherit name; }) (builtins.fromJSON ''${JSON.stringify(names)}'')`),
      [true, true, false, false],
    );
  });
});

function loaded(folder: string, given: Given): string {
  const dir = join(folder, "machine");
  copyMachine(dir);
  given.dir?.(dir);
  const call = `import ${repository}/test/nix/loaded.nix {
    source = ${repository};
    dir = ${dir};
    toolPkgs = ${toolPkgs};
    pkgs = ${given.pkgs ?? toolPkgs};
    arguments = ${given.arguments ?? "{ }"};
  }`;
  return `(${call})${given.ask === undefined ? ".drvPath" : `.${given.ask}`}`;
}

/** A nixpkgs that checks licences as the real one does: when a derivation is evaluated, by its name. */
function checkingPkgs(predicate: string): string {
  return `(let pkgs = ${toolPkgs}; in pkgs // {
    stdenvNoCC.mkDerivation = args:
      if (args.meta.license.free or true) || (${predicate}) args then pkgs.stdenvNoCC.mkDerivation args
      else throw "refused by the user's nixpkgs: \${args.name}";
  })`;
}

function edit(dir: string, change: Record<string, unknown>, hardware: Record<string, unknown> = {}): void {
  const file = join(dir, "machine.json");
  const machine = machineSchema.parse(JSON.parse(readFileSync(file, "utf8")));
  writeFileSync(
    file,
    JSON.stringify({ ...machine, hardware: { ...machine.hardware, ...hardware }, ...change }),
  );
}

/** Turns the folder's machine into one that Win32-OpenSSH is the way into. */
function toOpenSsh(dir: string): void {
  edit(dir, { access: { kind: "openssh", user: "builder", password: "x" } });
}
