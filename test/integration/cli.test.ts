import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import about from "../../package.json" with { type: "json" };
import { makePlace } from "../cli/make-place.ts";

const spec = "name: hello\nwindows:\n  release: windows-10-22h2\n";

test("generate writes ./casement beside casement.yaml, and the second time touches nothing", async () => {
  await using place = await makePlace(spec);
  const first = place.run("generate");
  assert.equal(first.exitCode, 0, first.stderr);
  assert.match(first.stdout, /wrote {3}casement\/machine\.json/);
  const password = await passwordOf(place.path);
  for (let again = 0; again < 2; again++) {
    assert.match(place.run("generate").stdout, /^casement: casement is up to date \(\d+ files\)\n$/);
  }
  assert.equal(await passwordOf(place.path), password);
});

test("a changed spec, a removed file and an edited file are noticed although the last run left a stamp", async () => {
  await using place = await makePlace(spec);
  place.run("generate");
  await writeFile(join(place.path, "casement.yaml"), `${spec}hardware: { vcpus: 3 }\n`);
  const changed = place.run("generate");
  assert.match(changed.stdout, /wrote {3}casement\/machine\.json/);
  assert.match(changed.stdout, /\(1 written, \d+ unchanged, 0 removed\)/);
  await rm(join(place.path, "casement/default.nix"));
  assert.match(place.run("generate").stdout, /wrote {3}casement\/default\.nix/);
  await writeFile(join(place.path, "casement/default.nix"), "edited");
  const edited = place.run("generate");
  assert.equal(edited.exitCode, 71);
  assert.match(edited.stderr, /default\.nix: is casement's and was changed by hand\n[^]*--force/);
  assert.equal(place.run("generate", "--force").exitCode, 0);
});

test("a changed file that the spec names is noticed, by generate and by --check, although the last run left a stamp", async () => {
  await using place = await makePlace(`${spec}  files: [{ path: tools/a.txt, source: a.txt }]\n`);
  await writeFile(join(place.path, "a.txt"), "first");
  const copy = join(place.path, "casement/media/bootstrap/files/tools/a.txt");
  place.run("generate");
  assert.equal(await readFile(copy, "utf8"), "first");
  assert.equal(place.run("generate", "--check").exitCode, 0);
  await writeFile(join(place.path, "a.txt"), "other");
  const stale = place.run("generate", "--check");
  assert.equal(stale.exitCode, 1);
  assert.match(stale.stdout, /^out of date +casement\/media\/bootstrap\/files\/tools\/a\.txt$/m);
  assert.match(place.run("generate").stdout, /\(1 written, \d+ unchanged, 0 removed\)/);
  assert.equal(await readFile(copy, "utf8"), "other");
  await rm(join(place.path, "a.txt"));
  const missing = place.run("generate", "--check");
  assert.equal(missing.exitCode, 64);
  assert.match(missing.stderr, /windows\.files\[0\]\.source \(line 4\): there is no such file, got "a\.txt"/);
});

test("a missing file is reported beside the other faults of a spec", async () => {
  await using place = await makePlace(
    `${spec}  files: [{ path: a.txt, source: none.txt }]\nhardware: { vcpus: 0, memoryMiB: 512 }\n`,
  );
  const { exitCode, stderr } = place.run("generate");
  assert.equal(exitCode, 64);
  assert.match(stderr, /3 faults/);
  assert.match(stderr, /windows\.files\[0\]\.source \(line 4\): there is no such file, got "none\.txt"/);
});

test("--check is silent work: 0 when the folder is right, 1 with a list when it is not, and nothing is written", async () => {
  await using place = await makePlace(spec);
  const missing = place.run("generate", "--check");
  assert.equal(missing.exitCode, 1);
  assert.match(missing.stdout, /^missing +casement\/machine\.json$/m);
  assert.equal(existsSync(join(place.path, "casement")), false);
  place.run("generate");
  assert.equal(place.run("generate", "--check").exitCode, 0);
  await writeFile(join(place.path, "casement.yaml"), `${spec}hardware: { vcpus: 3 }\n`);
  const stale = place.run("generate", "--check");
  assert.equal(stale.exitCode, 1);
  assert.match(stale.stdout, /^out of date +casement\/machine\.json$/m);
  assert.match(stale.stdout, /is not what the spec says; run casement generate/);
});

test("a machine that loses its floppy drive loses the floppy's files, and keeps the answer file on the bootstrap medium", async () => {
  const amd64 = "name: hello\nwindows: { release: windows-11-24h2 }\n";
  const arm64 =
    "name: hello\nwindows: { release: windows-11-24h2, architecture: arm64, drivers: { virtioWin: true } }\n";
  await using place = await makePlace(amd64);
  place.run("generate");
  assert.ok(existsSync(join(place.path, "casement/media/floppy.img")));
  await writeFile(join(place.path, "casement.yaml"), arm64);
  const stale = place.run("generate", "--check");
  assert.equal(stale.exitCode, 1);
  const changed = place.run("generate");
  assert.equal(changed.exitCode, 0, changed.stderr);
  assert.match(changed.stdout, /removed +casement\/media\/floppy\.img/);
  assert.deepEqual(await readdir(join(place.path, "casement/media")), ["bootstrap"]);
  assert.ok(existsSync(join(place.path, "casement/media/bootstrap/Autounattend.xml")));
  assert.match(await readFile(join(place.path, "casement/machine.json"), "utf8"), /"floppy": false/);
  await writeFile(join(place.path, "casement.yaml"), amd64);
  assert.equal(place.run("generate").exitCode, 0);
  assert.ok(existsSync(join(place.path, "casement/media/floppy/Autounattend.xml")));
});

test("--out names another folder, and a spec can be named", async () => {
  await using place = await makePlace(spec);
  await mkdir(join(place.path, "sub"));
  await writeFile(join(place.path, "sub/other.json"), '{"name":"a","windows":{"release":"windows-11-25h2"}}');
  assert.equal(place.run("generate", "sub/other.json", "--out", "made").exitCode, 0);
  assert.ok(existsSync(join(place.path, "made/machine.json")));
  assert.equal(place.run("generate", "sub/other.json").exitCode, 0);
  assert.ok(existsSync(join(place.path, "sub/casement/machine.json")));
});

test("a bad spec prints every fault without a stack, exits with 64 and writes nothing", async () => {
  await using place = await makePlace("name: A B\nwindows: { release: x }\nfoo: 1\n");
  const result = place.run("generate");
  assert.equal(result.exitCode, 64);
  assert.match(
    result.stderr,
    /3 faults\n {2}name \(line 1\): .*\n {2}windows\.release \(line 2\): .*\n {2}foo \(line 3\): /,
  );
  assert.doesNotMatch(result.stderr, /\bat .*:\d+:\d+/);
  assert.deepEqual(await readdir(place.path), ["casement.yaml"]);
});

test("without a spec, or with two, it says what it looked for", async () => {
  await using place = await makePlace(spec);
  await writeFile(join(place.path, "casement.json"), "{}");
  const two = place.run("generate");
  assert.equal(two.exitCode, 64);
  assert.match(two.stderr, /several specs here: casement\.yaml, casement\.json/);
  await rm(join(place.path, "casement.json"));
  await rm(join(place.path, "casement.yaml"));
  assert.match(
    place.run("generate").stderr,
    /no spec here; looked for casement\.yaml, casement\.yml, casement\.json, casement\.ts/,
  );
});

test("plan prints the resolved plan as JSON and writes nothing", async () => {
  await using place = await makePlace(spec);
  const result = place.run("plan");
  const plan: unknown = JSON.parse(result.stdout);
  assert.ok(typeof plan === "object" && plan !== null && "hardware" in plan);
  assert.deepEqual(await readdir(place.path), ["casement.yaml"]);
});

test("schema prints JSON Schema in which name and windows are required", async () => {
  await using place = await makePlace(spec);
  const schema: unknown = JSON.parse(place.run("schema").stdout);
  assert.ok(typeof schema === "object" && schema !== null && "required" in schema);
  assert.deepEqual(schema.required, ["name", "windows"]);
});

test("an ended evaluation is said every time, and is no fault", async () => {
  await using place = await makePlace(
    "name: a\nwindows: { release: windows-10-22h2, edition: Enterprise Evaluation, evaluationExpires: '2020-01-31' }\n",
  );
  for (let again = 0; again < 2; again++) {
    const result = place.run("generate");
    assert.equal(result.exitCode, 0);
    assert.match(result.stderr, /windows\.evaluationExpires: Enterprise Evaluation ended on 2020-01-31/);
  }
});

test("help has examples, the version is the package's, and a wrong word is an error", async () => {
  await using place = await makePlace(spec);
  assert.match(place.run("--help").stdout, /Examples:\n {2}\$ casement init /);
  assert.match(place.run("generate", "--help").stdout, /Examples:/);
  assert.equal(place.run("--version").stdout, `${about.version}\n`);
  const wrong = place.run("generat");
  assert.equal(wrong.exitCode, 64);
  assert.match(wrong.stderr, /unknown command 'generat'\n\(Did you mean generate\?\)/);
});

async function passwordOf(project: string): Promise<unknown> {
  const manifest: unknown = JSON.parse(
    await readFile(join(project, "casement/casement.manifest.json"), "utf8"),
  );
  assert.ok(typeof manifest === "object" && manifest !== null && "password" in manifest);
  return manifest.password;
}
