import assert from "node:assert/strict";
import { appendFileSync, copyFileSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { type CliResult, runCli } from "../cli/run-cli.ts";
import { makeTempFolder } from "../support/temp-folder.ts";

const root = join(import.meta.dirname, "../..");
const page = readFileSync(join(root, "docs/explain.md"), "utf8");

test("the commands of docs/explain.md print what it shows, for examples/hello", async () => {
  await using place = await makeHello();
  const blocks = [...page.matchAll(/^```console\n\$ casement (?<command>.*)\n(?<shown>[^]*?)^```$/gm)];
  assert.equal(blocks.length, 3);
  for (const { groups } of blocks) {
    const { exitCode, stdout, stderr } = place.run(...(groups?.["command"] ?? "").split(" "));
    assert.equal(exitCode, 0, stderr);
    assert.equal(stderr, "");
    assert.equal(stdout, groups?.["shown"]);
  }
});

test("a path counts from here, and from the output folder", async () => {
  await using place = await makeHello();
  const { stdout } = place.run("explain", `casement/${place.memory}`);
  assert.match(stdout, /^casement\/machine\.json:\d+\n {4}"memoryMiB": 2048,\n {2}hardware\.memoryMiB\n/);
  for (const path of [place.memory, `./${place.memory}`, join(place.path, "casement", place.memory)]) {
    assert.equal(place.run("explain", path).stdout, stdout, path);
  }
});

test("--json has every value that was tried, and what is on the disk", async () => {
  await using place = await makeHello();
  const { stdout } = place.run("explain", place.memory, "--json");
  const found: unknown = JSON.parse(stdout);
  assert.partialDeepStrictEqual(found, {
    file: "casement/machine.json",
    spec: "casement.yaml",
    origin: "src/artifacts/machine.ts",
    onDisk: "same",
    lines: [
      {
        line: Number(place.memory.split(":")[1]),
        text: '    "memoryMiB": 2048,',
        causes: [
          {
            field: "hardware.memoryMiB",
            changes: [
              // Left out.
              { together: [], becomes: '    "memoryMiB": 4096,' },
              { value: 2049, together: [], becomes: '    "memoryMiB": 2049,' },
              { value: 3000, together: [], becomes: '    "memoryMiB": 3000,' },
            ],
          },
        ],
      },
    ],
    fields: {
      "hardware.memoryMiB": {
        written: { value: 2048, line: 22 },
        default: { words: "the release's in docs/releases.md", value: 4096 },
      },
    },
  });
});

test("a folder that is stale, or not there, is remarked on, and explained as the spec says now", async () => {
  await using place = await makeHello();
  appendFileSync(join(place.path, "casement/machine.json"), "\n\n");
  const stale = place.run("explain", place.memory);
  assert.equal(stale.exitCode, 0);
  assert.match(
    stale.stderr,
    /^casement: casement\/machine\.json is not what the spec says now, .* run casement generate\n$/,
  );
  assert.match(stale.stdout, /hardware\.memoryMiB/);
  const missing = place.run("explain", place.memory, "--out", "elsewhere");
  assert.match(missing.stderr, /^casement: elsewhere\/machine\.json is not there yet/);
  assert.match(missing.stdout, /^elsewhere\/machine\.json:\d+\n/);
});

test("what cannot be explained says why, and what was meant", async () => {
  await using place = await makeHello();
  const refused: readonly (readonly [path: string, said: RegExp])[] = [
    [
      "casement/media/flopy/Autounattend.xml",
      /is no file that casement\.yaml generates\n.*Did you mean media\/floppy\/Autounattend\.xml\?/,
    ],
    ["quieten.cmd:3", /Did you mean media\/bootstrap\/casement\/quieten\.cmd\?/],
    ["/etc/passwd", /is no file that casement\.yaml generates\n.*It generates .*machine\.json/],
    ["machine.json:900", /has the lines 1 to \d+, got 900/],
    ["machine.json:0", /has the lines 1 to \d+, got 0/],
    ["machine.json:70-900", /has the lines 1 to \d+, got 70-900/],
    ["machine.json:5-3", /the lines have to go up, got 5-3/],
  ];
  for (const [path, said] of refused) {
    const { exitCode, stdout, stderr } = place.run("explain", path);
    assert.equal(exitCode, 64, path);
    assert.equal(stdout, "", path);
    assert.match(stderr, said);
  }
  writeFileSync(join(place.path, "casement.yaml"), "name: hello\n");
  assert.match(place.run("explain", "machine.json").stderr, /windows\.?.*is required and missing/);
});

test("files that hold nothing of the spec by themselves say what they are", async () => {
  await using place = await makeHello();
  const sentences: Readonly<Record<string, RegExp>> = {
    "casement/media/floppy.img": /is a floppy that holds media\/floppy\/Autounattend\.xml\n$/,
    "casement.manifest.json": /is the hashes of the other files/,
    "cygwin.lock.json": /is a copy of what casement lock wrote/,
  };
  for (const [path, said] of Object.entries(sentences)) {
    const { exitCode, stdout } = place.run("explain", path);
    assert.equal(exitCode, 0);
    assert.match(stdout, said);
  }
  const { stdout } = place.run("explain", "casement.manifest.json", "--json");
  assert.partialDeepStrictEqual(JSON.parse(stdout), { file: "casement/casement.manifest.json" });
});

test("a password is the one that generate keeps, and no other before it has made one", async () => {
  await using temp = await makeTempFolder();
  writeFileSync(join(temp.path, "casement.yaml"), "name: a\nwindows:\n  release: windows-10-22h2\n");
  const run = (...args: string[]): CliResult => runCli(temp.path, args, join(temp.path, ".cache"));
  const line = (): string =>
    run("explain", "machine.json")
      .stdout.split("\n")
      .find((text) => text.includes('"password"')) ?? "";
  assert.match(line(), /account\.password +\d+ +"password": "made-by-generate"$/);
  run("generate");
  const machine = readFileSync(join(temp.path, "casement/machine.json"), "utf8");
  const [kept = ""] = /"password": .*/.exec(machine) ?? [];
  assert.ok(line().endsWith(kept), line());
});

test("a file that the spec copies is said to be a copy", async () => {
  await using place = await makeHello();
  writeFileSync(join(place.path, "a.txt"), "one\n");
  const text = readFileSync(join(place.path, "casement.yaml"), "utf8");
  const files = "windows:\n  files: [{ path: b.txt, source: a.txt }]\n";
  writeFileSync(join(place.path, "casement.yaml"), text.replace("windows:\n", files));
  const { stdout } = place.run("explain", "media/bootstrap/files/b.txt");
  assert.match(stdout, /is a\.txt byte for byte, as windows\.files\[0\] says\n$/);
});

test("a spec in TypeScript has no lines to point to", async () => {
  await using temp = await makeTempFolder();
  copyFileSync(join(root, "examples/windows-11-uefi/casement.ts"), join(temp.path, "casement.ts"));
  const { stdout } = runCli(temp.path, ["explain", "machine.json:3"], join(temp.path, ".cache"));
  assert.match(stdout, /\n {2}name\n {4}casement\.ts: "windows-11"\n/);
});

interface Hello extends AsyncDisposable {
  readonly path: string;
  /** The line of machine.json that has the guest's memory, as explain takes it. */
  readonly memory: string;
  run(...args: string[]): CliResult;
}

async function makeHello(): Promise<Hello> {
  const temp = await makeTempFolder();
  copyFileSync(join(root, "examples/hello/casement.yaml"), join(temp.path, "casement.yaml"));
  const run = (...args: string[]): CliResult => runCli(temp.path, args, join(temp.path, ".cache"));
  assert.equal(run("generate").exitCode, 0);
  const machine = readFileSync(join(temp.path, "casement/machine.json"), "utf8").split("\n");
  const memory = `machine.json:${machine.indexOf('    "memoryMiB": 2048,') + 1}`;
  return { path: temp.path, memory, run, [Symbol.asyncDispose]: async () => temp[Symbol.asyncDispose]() };
}
