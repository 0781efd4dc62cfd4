import assert from "node:assert/strict";
import { mkdir, readdir, writeFile } from "node:fs/promises";
import { delimiter, join } from "node:path";
import { test } from "node:test";
import { z } from "zod";
import { type CliResult, runCli } from "../cli/run-cli.ts";
import { repository, skipWithoutNix, usesHostTools } from "../nix/nix-tool.ts";
import { makeTempFolder, type TempFolder } from "../support/temp-folder.ts";

const withNix = [join(repository, ".tools/bin"), process.env["PATH"] ?? ""].join(delimiter);
const emulated =
  "name: a\nwindows: { release: windows-10-22h2 }\nhardware: { accelerator: tcg, memoryMiB: 2048 }\n";
const answer = z.object({
  ok: z.boolean(),
  findings: z.array(
    z.object({
      check: z.string(),
      state: z.string(),
      found: z.string(),
      todo: z.array(z.string()).optional(),
    }),
  ),
});

test("without Nix and without a spec it says so, goes on, and changes nothing", async () => {
  await using folder = await makeProject();
  const { exitCode, stdout, stderr } = doctor(folder, [], { PATH: "/nowhere" });
  assert.equal(exitCode, 1, stderr);
  assert.match(stdout, /^problem +nix +no nix on PATH; generating needs none/m);
  assert.match(stdout, /^(ok|problem) +kvm /m);
  assert.match(stdout, /^casement: \d problems?.*; there is no spec here/m);
  assert.deepEqual(await readdir(join(folder.path, "project")), []);
});

test("without Nix the project is looked at all the same", async () => {
  await using folder = await makeProject(emulated);
  const { stdout } = doctor(folder, [], { PATH: "/nowhere" });
  assert.match(stdout, /^problem +generated +there is no generated folder yet\n +casement generate$/m);
  assert.match(stdout, /^ok +kvm +not needed/m);
});

test("a spec that is refused is a problem beside the machine's own", async () => {
  await using folder = await makeProject("name: A B\nfoo: 1\n");
  const { exitCode, stdout } = doctor(folder, ["--json"], { PATH: "/nowhere" });
  assert.equal(exitCode, 1);
  const { ok, findings } = answer.parse(JSON.parse(stdout));
  assert.equal(ok, false);
  assert.match(findings.find(({ check }) => check === "spec")?.found ?? "", /3 faults\n {2}name/);
  assert.ok(findings.some(({ check }) => check === "kvm"));
});

test("a Nix that breaks is a problem of its own", async () => {
  await using folder = await makeProject();
  const bin = join(folder.path, "bin");
  await mkdir(bin);
  for (const name of ["nix", "nix-store"]) {
    await writeFile(join(bin, name), "#!/bin/sh\necho 'cannot load libnix' >&2\nexit 127\n", { mode: 0o755 });
  }
  const { stdout } = doctor(folder, [], { PATH: `${bin}:/bin:/usr/bin` });
  assert.match(stdout, /^problem +nix +.*nix --version exited with 127\n +\| cannot load libnix$/m);
  assert.equal([...stdout.matchAll(/ nix {2}/g)].length, 1, "once");
});

test("this machine's Nix is asked, and a build is tried", { skip: skipWithoutNix }, async () => {
  await using folder = await makeProject(emulated);
  runCli(join(folder.path, "project"), ["generate"], folder.path);
  const { exitCode, stdout, stderr } = doctor(folder, ["--build"], { PATH: withNix });
  assert.match(stdout, /^ok +nix +nix .*\d\.\d+/m);
  assert.match(stdout, /^ok +generated /m);
  assert.match(stdout, /^ok +build +a sandboxed build works$/m);
  assert.equal(exitCode, 0, stdout + stderr);
});

test("a Nix that does not offer KVM is found out by its settings and by a build", {
  skip: usesHostTools ? skipWithoutNix : "a daemon takes no settings from a test",
}, async () => {
  await using folder = await makeProject();
  const env = { PATH: withNix, NIX_CONFIG: "system-features = benchmark\nmax-silent-time = 30" };
  const { findings } = answer.parse(JSON.parse(doctor(folder, ["--build", "--json"], env).stdout));
  const found = (check: string): string =>
    findings
      .filter((each) => each.check === check && each.state === "problem")
      .map((each) => each.found)
      .join();
  assert.match(found("build"), /could not open \/dev\/kvm/);
  assert.match(found("max-silent-time"), /silent for 30 s/);
  // Which of KVM's problems comes first depends on the machine.
  assert.notEqual(found("kvm"), "");
});

/** A folder with an empty project in it, or one with a spec. */
async function makeProject(spec?: string): Promise<TempFolder> {
  const folder = await makeTempFolder();
  await mkdir(join(folder.path, "project"));
  if (spec !== undefined) await writeFile(join(folder.path, "project/casement.yaml"), spec);
  return folder;
}

function doctor(
  folder: TempFolder,
  args: readonly string[],
  env: Readonly<Record<string, string>>,
): CliResult {
  return runCli(join(folder.path, "project"), ["doctor", ...args], join(folder.path, "cache"), env);
}
