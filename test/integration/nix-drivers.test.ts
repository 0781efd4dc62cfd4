import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { after, before, describe, test } from "node:test";
import { machineSchema } from "../../src/contract/machine.ts";
import {
  copyMachine,
  evaluate,
  nixOutput,
  refusal,
  repository,
  scratch,
  skipWithoutNix,
  toolPkgs,
} from "../nix/nix-tool.ts";

const wanted = ["NetKVM/w11/amd64", "viostor/w11/amd64"];
const others = ["NetKVM/w10/amd64", "Balloon/w11/amd64"];

describe("drivers on the bootstrap medium", { skip: skipWithoutNix }, () => {
  // A folder laid out as virtio-win is, its ISO, a folder of the user's, and a machine that wants them.
  const place = scratch();
  const virtioWin = join(place.path, "virtio-win");
  const gpu = join(place.path, "gpu");
  const iso = join(place.path, "virtio-win-0.1.iso");

  before(() => {
    for (const folder of [...wanted, ...others]) put(join(virtioWin, folder, "driver.inf"), folder);
    put(join(gpu, "gpu.inf"), "gpu");
    put(join(gpu, "data/gpu.sys"), "gpu's program");
    makeIso(virtioWin, iso);
    makeMachine(place.path, { virtioWin: wanted, folders: ["gpu"] });
  });

  after(() => place[Symbol.dispose]());

  for (const [title, given] of [
    ["a folder", () => virtioWin],
    ["a derivation", () => `(${toolPkgs}.runCommand "virtio-win" { } "cp -r \${${virtioWin}} $out")`],
    ["an ISO", () => iso],
  ] as const) {
    test(`come from virtio-win as ${title}, exactly those that the machine names, where the answer file looks for them`, () => {
      const medium = build(bootstrapIso(place.path, `{ virtioWin = ${given()}; drivers.gpu = ${gpu}; }`));
      const files = listFiles(medium).filter((file) => /^\/(virtio-win|drivers)\//.test(file));
      assert.deepEqual(files, [
        "/drivers/gpu/data/gpu.sys",
        "/drivers/gpu/gpu.inf",
        "/virtio-win/NetKVM/w11/amd64/driver.inf",
        "/virtio-win/viostor/w11/amd64/driver.inf",
      ]);
      assert.equal(contentOf(medium, "/virtio-win/viostor/w11/amd64/driver.inf"), "viostor/w11/amd64");
    });
  }

  test("are the same bytes on the second build", () => {
    const expression = bootstrapIso(place.path, `{ virtioWin = ${virtioWin}; drivers.gpu = ${gpu}; }`);
    const first = hashOf(build(expression));
    nixOutput("build", "--impure", "--no-link", "--rebuild", "--expr", expression);
    assert.equal(hashOf(build(expression)), first);
  });

  test("change the image when they change, and not when another part of virtio-win does", () => {
    const image = (): unknown =>
      evaluate(`(${load(place.path, `{ virtioWin = ${virtioWin}; drivers.gpu = ${gpu}; }`)}).image.drvPath`);
    const original = image();
    put(join(virtioWin, "NetKVM/w10/amd64/driver.inf"), "changed");
    put(join(virtioWin, "new.txt"), "new");
    assert.equal(image(), original);
    put(join(virtioWin, "NetKVM/w11/amd64/driver.inf"), "changed");
    const changed = image();
    assert.notEqual(changed, original);
    put(join(virtioWin, "NetKVM/w11/amd64/driver.inf"), "NetKVM/w11/amd64");
    assert.equal(image(), original);
    put(join(gpu, "gpu.inf"), "changed");
    assert.notEqual(image(), original);
    put(join(gpu, "gpu.inf"), "gpu");
  });

  const refusals: readonly { title: string; arguments: () => string; want: readonly RegExp[] }[] = [
    {
      title: "neither virtio-win nor the named folder",
      arguments: () => "{ }",
      want: [
        /virtioWin: the spec wants drivers of virtio-win \(windows\.drivers\.virtioWin\), and none are known/,
        /virtioWin = pkgs\.virtio-win;/,
        /NetKVM\/w11\/amd64, viostor\/w11\/amd64/,
        /drivers: the spec's windows\.drivers\.folders wants gpu, got none/,
        /drivers\.gpu = \.\/FOLDER;/,
      ],
    },
    {
      title: "a folder that is laid out in another way, and a name too many",
      arguments: () => `{ virtioWin = ${gpu}; drivers = { gpu = ${gpu}; cpu = ${gpu}; }; }`,
      want: [
        /virtioWin: \S+\/gpu has no NetKVM\/w11\/amd64, viostor\/w11\/amd64/,
        /DRIVER\/RELEASE\/ARCHITECTURE/,
        /drivers: the spec does not want cpu; allowed: gpu/,
      ],
    },
    {
      title: "what is not there, is no folder, or is text",
      arguments: () => `{ virtioWin = ${place.path}/none; drivers.gpu = ${iso}; }`,
      want: [/virtioWin: \S+\/none does not exist/, /drivers\.gpu: not a folder, got \S+\.iso/],
    },
    {
      title: "text in the place of a folder",
      arguments: () => `{ virtioWin = "/virtio-win"; drivers.gpu = null; }`,
      want: [
        /virtioWin: not a file that Nix knows, got the text "\/virtio-win"/,
        /drivers\.gpu: has to be a folder with a driver, got null/,
      ],
    },
    {
      title: "one folder in the place of a set of them",
      arguments: () => `{ virtioWin = ${virtioWin}; drivers = ${gpu}; }`,
      want: [/drivers: not a set of folders, got a path/],
    },
  ];
  for (const { title, want, ...row } of refusals) {
    test(`are refused before anything is built: ${title}`, () => {
      const message = refusal(`(${load(place.path, row.arguments())}).drvPath`);
      for (const pattern of want) assert.match(message, pattern);
    });
  }

  test("are refused where the machine wants none", () => {
    using plain = scratch();
    makeMachine(plain.path, { virtioWin: [], folders: [] });
    const message = refusal(
      `(${load(plain.path, `{ virtioWin = ${virtioWin}; drivers.gpu = ${gpu}; }`)}).drvPath`,
    );
    assert.match(message, /virtioWin: given, and the spec does not want it/);
    assert.match(message, /drivers: the spec does not want gpu; allowed: none/);
  });
});

function load(folder: string, further: string): string {
  return `import ${repository}/test/nix/loaded.nix {
    source = ${repository};
    dir = ${folder}/machine;
    toolPkgs = ${toolPkgs};
    arguments = ${further};
  }`;
}

function bootstrapIso(folder: string, further: string): string {
  return `(${load(folder, further)}).bootstrapIso`;
}

function build(expression: string): string {
  return nixOutput("build", "--impure", "--no-link", "--print-out-paths", "--expr", expression).trim();
}

function makeMachine(folder: string, drivers: { virtioWin: string[]; folders: string[] }): void {
  const dir = join(folder, "machine");
  copyMachine(dir);
  const file = join(dir, "machine.json");
  const machine = machineSchema.parse(JSON.parse(readFileSync(file, "utf8")));
  writeFileSync(file, JSON.stringify({ ...machine, drivers }));
}

function put(file: string, content: string): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, content);
}

function makeIso(from: string, to: string): void {
  xorriso("-as", "mkisofs", "-quiet", "-joliet", "-rational-rock", "-o", to, from);
}

function listFiles(iso: string): string[] {
  const listed = xorriso("-indev", iso, "-find", "/", "-type", "f");
  return [...listed.matchAll(/^'(.*)'$/gm)].map(([, path = ""]) => path).sort();
}

function contentOf(iso: string, path: string): string {
  using folder = scratch();
  const to = join(folder.path, "file");
  xorriso("-osirrox", "on", "-indev", iso, "-extract", path, to);
  const content = readFileSync(to, "utf8");
  rmSync(to, { force: true });
  return content;
}

function hashOf(file: string): string {
  return createHash("sha256").update(readFileSync(file)).digest("hex");
}

function xorriso(...args: readonly string[]): string {
  const result = spawnSync("xorriso", args, { encoding: "utf8" });
  if (result.error !== undefined) throw result.error;
  assert.equal(result.status, 0, result.stderr);
  return result.stdout;
}
