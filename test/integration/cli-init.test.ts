import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { runCli } from "../cli/run-cli.ts";
import { makeTempFolder } from "../support/temp-folder.ts";

test("init leaves a project that generate takes as it is, and says what comes next", async () => {
  await using folder = await makeTempFolder();
  const made = runCli(folder.path, ["init", "new project", "--name", "mine"], folder.path);
  assert.equal(made.exitCode, 0, made.stderr);
  assert.match(made.stdout, /^wrote {3}new project\/casement\.yaml$/m);
  assert.match(made.stdout, /^ {2}cd 'new project'\n {2}(casement doctor|casement media add)/m);
  const project = join(folder.path, "new project");
  assert.match(await readFile(join(project, "casement.yaml"), "utf8"), /^# docs\/spec\.md[^]*^name: mine$/m);
  const generated = runCli(project, ["generate"], folder.path);
  assert.equal(generated.exitCode, 0, generated.stderr);
});

test("every file in the way is named, also beside a repository's own, and nothing is written", async () => {
  await using folder = await makeTempFolder();
  await writeFile(join(folder.path, "flake.nix"), "{ }");
  await writeFile(join(folder.path, ".gitignore"), "node_modules/\n");
  const refused = runCli(folder.path, ["init"], join(folder.path, "cache"));
  assert.equal(refused.exitCode, 71);
  assert.match(
    refused.stderr,
    /nothing was written.*\n {2}\.gitignore\n {2}flake\.nix\nChoose a new or empty folder: casement init DIR\n$/,
  );
  assert.deepEqual(
    (await readdir(folder.path)).filter((name) => name !== "cache"),
    [".gitignore", "flake.nix"],
  );
});

test("a disk that is full while a file is written leaves nothing of it", async () => {
  await using folder = await makeTempFolder();
  const cli = join(import.meta.dirname, "../../src/cli/main.ts");
  // A file may have 1 KiB, which the spec has not.
  const made = spawnSync("bash", ["-c", `ulimit -f 1; exec '${process.execPath}' '${cli}' init project`], {
    cwd: folder.path,
    encoding: "utf8",
  });
  assert.match(made.stderr, /EFBIG/);
  assert.deepEqual(await readdir(folder.path), []);
});

test("a wrong name and release are told together, and a second spec is refused", async () => {
  await using folder = await makeTempFolder();
  const cache = join(folder.path, "cache");
  const wrong = runCli(folder.path, ["init", "x", "--name", "A B", "--release", "windows-9"], cache);
  assert.equal(wrong.exitCode, 64);
  assert.match(wrong.stderr, /2 faults\n {2}--name: .*got "A B"\n {2}--release: .*got "windows-9"/);
  await mkdir(join(folder.path, "y"));
  await writeFile(join(folder.path, "y/casement.json"), "{}");
  const second = runCli(folder.path, ["init", "y"], cache);
  assert.equal(second.exitCode, 64);
  assert.match(second.stderr, /has a spec already: casement\.json/);
  assert.deepEqual(
    (await readdir(folder.path)).filter((name) => name !== "cache"),
    ["y"],
  );
});

test("what a release wants beside its name is told, and does not stop the start", async () => {
  await using folder = await makeTempFolder();
  const made = runCli(folder.path, ["init", "--release", "windows-xp"], join(folder.path, "cache"));
  assert.equal(made.exitCode, 0);
  assert.match(made.stderr, /casement\.yaml lacks yet:\n {2}windows\.productKey: is required and missing/);
});

test("a project on the stand-in says so, and generates", async () => {
  await using folder = await makeTempFolder();
  const made = runCli(folder.path, ["init", "--stand-in"], join(folder.path, "cache"));
  assert.match(made.stdout, /^This project builds on the STAND-IN.* It is NOT Windows/m);
  assert.equal(runCli(folder.path, ["generate"], join(folder.path, "cache")).exitCode, 0);
  const machine = await readFile(join(folder.path, "casement/machine.json"), "utf8");
  assert.match(machine, /"accelerator": "tcg"/);
});
