import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { makeTempFolder } from "../support/temp-folder.ts";
import { runCli } from "../cli/run-cli.ts";

const start = join(import.meta.dirname, "../../src/cli/start.mjs");

const programs: readonly { title: string; text: string }[] = [
  { title: "ends the process", text: "process.exit(0);\nexport default {};" },
  { title: "waits for what never comes", text: "await new Promise(() => {});\nexport default {};" },
];
for (const { title, text } of programs) {
  test(`a spec that ${title} is named as the reason and is no success`, async () => {
    await using folder = await makeTempFolder();
    await writeFile(join(folder.path, "casement.ts"), text);
    const result = runCli(folder.path, ["generate"], join(folder.path, "cache"));
    assert.equal(result.exitCode, 64);
    assert.match(result.stderr, /^casement: the spec ended the process, or waits for something/);
  });
}

test("an older Node is named, with the way to a newer one", () => {
  const older =
    'Object.defineProperty(process, "versions", { value: { ...process.versions, node: "20.1.0" } })';
  const { status, stderr } = spawnSync(
    process.execPath,
    ["--import", `data:text/javascript,${encodeURIComponent(older)}`, start, "--version"],
    { encoding: "utf8" },
  );
  assert.match(stderr, /^casement: needs Node 24 or later, got 20\.1\.0\n.*npm run setup/);
  assert.equal(status, 71);
});

test("a timer that a spec left running does not keep casement", { timeout: 20_000 }, async () => {
  await using folder = await makeTempFolder();
  const spec = '{ name: "a", windows: { release: "windows-10-22h2" } }';
  await writeFile(join(folder.path, "casement.ts"), `setInterval(() => {}, 1000);\nexport default ${spec};`);
  const result = runCli(folder.path, ["generate"], join(folder.path, "cache"));
  assert.equal(result.exitCode, 0, result.stderr);
  assert.match(result.stdout, /\d+ written/);
});

test("a reader that stops early is no fault, and output that cannot be written is one", async () => {
  await using folder = await makeTempFolder();
  const shell = (redirect: string): { status: number | null; stderr: string } =>
    spawnSync(
      "bash",
      ["-c", `"$0" "$1" schema ${redirect}; exit "\${PIPESTATUS[0]}"`, process.execPath, start],
      {
        encoding: "utf8",
        env: { ...process.env, XDG_CACHE_HOME: folder.path },
      },
    );
  const early = shell("| true");
  assert.equal(early.stderr, "");
  assert.equal(early.status, 0);
  const full = shell("> /dev/full");
  assert.match(full.stderr, /^casement: the output cannot be written: ENOSPC/);
  assert.equal(full.status, 74);
});

test("that nothing has changed is said where it can be, and where not that is a fault", async () => {
  await using folder = await makeTempFolder();
  await writeFile(join(folder.path, "casement.yaml"), "name: a\nwindows: { release: windows-10-22h2 }\n");
  const cache = join(folder.path, "cache");
  runCli(folder.path, ["generate"], cache);
  const again = runCli(folder.path, ["generate"], cache);
  assert.match(again.stdout, /^casement: casement is up to date \(\d+ files\)\n$/);
  const into = (redirect: string): { status: number | null; stderr: string } =>
    spawnSync("bash", ["-c", `"$0" "$1" generate ${redirect}`, process.execPath, start], {
      cwd: folder.path,
      encoding: "utf8",
      env: { ...process.env, XDG_CACHE_HOME: cache },
    });
  const full = into("> /dev/full");
  assert.match(full.stderr, /^casement: the output cannot be written: ENOSPC/);
  assert.equal(full.status, 74);
  const early = into('| true; exit "${PIPESTATUS[0]}"');
  assert.deepEqual([early.status, early.stderr], [0, ""]);
});

test("an empty name is no folder and no spec", async () => {
  await using folder = await makeTempFolder();
  const project = join(folder.path, "project");
  await mkdir(project);
  await writeFile(join(project, "casement.yaml"), "name: a\nwindows: { release: windows-10-22h2 }\n");
  const out = runCli(project, ["generate", "--out", ""], folder.path);
  assert.equal(out.exitCode, 64);
  assert.match(out.stderr, /--out: has to be a path, got ""\n {4}Name the folder/);
  assert.match(runCli(project, ["generate", ""], folder.path).stderr, /SPEC: has to be a path, got ""/);
  assert.equal(existsSync(join(project, "machine.json")), false);
});
