import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { z } from "zod";
import { about, ask } from "../nix/about-machine.ts";
import { nix, nixOutput, refusal, scratch, skipWithoutNix } from "../nix/nix-tool.ts";

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

  test("keeps its layers when the machine below is changed", () => {
    assert.deepEqual(
      ask(`let
        b = (windows.layer { name = "a"; command = ""; }).layer { name = "b"; command = ""; };
        changed = b.override (old: { checkMedium = !(old.checkMedium or true); });
      in [ changed.name changed.layers (changed.image.outPath != b.image.outPath) ((b.override { }).outPath == b.outPath) ]`),
      ["casement-win11-a-b-snapshot", ["a", "b"], true, true],
    );
  });

  test("refuses a layer without a name", () => {
    assert.match(refusal(about(`(windows.layer { command = ""; }).drvPath`)), /layer: it has no name/);
  });

  test("refuses all faults of its arguments at once", () => {
    const said = refusal(
      about(
        `(windows.layer { name = "a b"; command = ""; shell = "zsh"; reboot = "no"; timeoutMinutes = 0; exitCodes = { success = 0; other = [ ]; }; }).image.outPath`,
      ),
    );
    for (const pattern of [
      /name: "a b" is no part of a store name/,
      /shell: is not one of this machine's, got "zsh"; allowed: bash, cmd, powershell/,
      /exitCodes\.other: unknown; allowed: restart, restarting, success/,
      /exitCodes\.success: has to be a list of codes/,
      /reboot: has to be true or false, got "no"/,
      /timeoutMinutes: has to be a number above 0 to 35000, got 0/,
    ])
      assert.match(said, pattern);
  });

  test("refuses more minutes than a timer can wait for", () => {
    const layer = (minutes: number): string =>
      `(windows.layer { name = "a"; command = ""; timeoutMinutes = ${minutes}; }).image.name`;
    assert.match(
      refusal(about(layer(36000))),
      /timeoutMinutes: has to be a number above 0 to 35000, got 36000/,
    );
    assert.equal(ask(layer(35000)), "casement-win11-layer-a");
  });
});

describe("casement.lib.layers", { skip: skipWithoutNix }, () => {
  test("quotes what a package or an installer is told, for cmd and for it", () => {
    const { msi, exe } = z.object({ msi: z.string(), exe: z.string() }).parse(
      ask(`{
        msi = (layers.msi { name = "tool"; inherit file; properties.INSTALLDIR = "C:\\\\a \\"b\\" 50%"; }).command;
        exe = (layers.exe { name = "tool"; inherit file; arguments = [ "/S" 5 "/D=C:\\\\x y\\\\" "a&b" ]; }).command;
      }`),
    );
    assert.match(msi, /ALLUSERS=1 INSTALLDIR="C:\\a ""b"" 50%%"\n/);
    assert.match(exe, /setup\.exe \/S 5 "\/D=C:\\x y\\\\" "a&b"\n/);
  });

  describe("zip unpacks", () => {
    const folder = scratch();
    before(() => {
      mkdirSync(join(folder.path, "top/bin"), { recursive: true });
      writeFileSync(join(folder.path, "top/bin/tool"), "tool", { mode: 0o555 });
      chmodSync(join(folder.path, "top/bin"), 0o555);
      for (const [flag, name] of [
        ["z", "a.tgz"],
        ["J", "a.txz"],
        ["j", "a.tar.bz2"],
      ] as const) {
        execFileSync("tar", [`-c${flag}f`, join(folder.path, name), "-C", folder.path, "top"]);
      }
      execFileSync("7zz", ["a", "-bd", join(folder.path, "a.zip"), join(folder.path, "top")]);
      writeFileSync(join(folder.path, ".beside"), "");
      execFileSync("tar", ["-cf", join(folder.path, "two.tar"), "-C", folder.path, "top", ".beside"]);
    });
    after(() => folder[Symbol.dispose]());

    const unpacked = (archive: string, stripRoot: boolean): string => `
      (layers.zip { name = "tool"; archive = ${archive}; stripRoot = ${stripRoot}; }).inputs.folder`;
    const file = (name: string): string => join(folder.path, name);

    test("archives of every kind and folders, with and without their root", () => {
      const asks = [
        ...["a.tgz", "a.txz", "a.tar.bz2", "a.zip"].map((name) => unpacked(file(name), true)),
        unpacked(file("a.tgz"), false),
        unpacked(file("top"), false),
        unpacked(`pkgs.runCommand "tree" { } "mkdir -p $out/top/bin; echo -n tool >$out/top/bin/tool"`, true),
        unpacked(`{ outPath = builtins.path { path = ${file("top")}; }; lastModified = 1; }`, false),
      ];
      const found = nixOutput(
        "build",
        "--impure",
        "--no-link",
        "--print-out-paths",
        "--expr",
        about(`pkgs.runCommand "found" { } ''
          for folder in ${asks.map((each) => `\${${each}}`).join(" ")}; do (cd $folder && find . -type f); done >$out
        ''`),
      ).trim();
      const [withRoot, ...without] = ["./top/bin/tool", ...Array.from({ length: 7 }, () => "./bin/tool")];
      assert.deepEqual(readFileSync(found, "utf8").trim().split("\n"), [
        ...without.slice(0, 4),
        withRoot,
        ...without.slice(4),
      ]);
    });

    test("no archive whose root is not all of it, and says what is beside it", () => {
      const { exitCode, stderr } = nix(
        "build",
        "--impure",
        "--no-link",
        "--expr",
        about(unpacked(file("two.tar"), true)),
      );
      assert.notEqual(exitCode, 0);
      assert.match(stderr, /has 2 entries at its top.*: \.beside top/);
    });
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
      /fileName: not the name of a program/,
    ],
    [
      "a script as an installer, whose cmd would stay",
      `layers.exe { name = "x"; inherit file; fileName = "setup.cmd"; }`,
      /fileName: not the name of a program, got "setup\.cmd"/,
    ],
    [
      "what is no text",
      `layers.exe { name = "x"; inherit file; arguments = [ [ ] ]; }`,
      /arguments: has to be text, got a list/,
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
