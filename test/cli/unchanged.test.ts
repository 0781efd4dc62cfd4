import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { mkdir, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { dirname, join, relative } from "node:path";
import { test } from "node:test";
import { findPlaces } from "../../src/cli/places.ts";
import {
  findUnchanged,
  lockName,
  manifestName,
  notOfGenerate,
  rememberUnchanged,
  stateOfInputs,
} from "../../src/cli/unchanged.ts";
import { generated } from "../../src/contract/filenames.ts";
import { hash } from "../../src/writer/look.ts";
import { makeTempFolder } from "../support/temp-folder.ts";

test("the short way knows the manifest and Cygwin's lock by the contract's names", () => {
  assert.equal(manifestName, generated.manifest);
  assert.equal(lockName, generated.cygwinLock);
});

test("a stamp counts only for the same spec, manifest and files, and for generate without other options", async () => {
  await using folder = await makeTempFolder();
  const invocation = (...argv: string[]) => ({
    argv,
    cwd: folder.path,
    env: { XDG_CACHE_HOME: join(folder.path, "cache") },
  });
  const out = join(folder.path, "casement");
  const manifest = join(out, manifestName);
  await mkdir(out);
  await writeFile(join(folder.path, "casement.yaml"), "spec");
  await writeFile(join(out, "a"), "content");
  await writeFile(manifest, JSON.stringify({ files: { a: hash("content") } }));
  assert.equal(findUnchanged(invocation("generate")), undefined, "no stamp");

  const places = findPlaces({ spec: undefined }, folder.path);
  rememberUnchanged(invocation("generate"), places, { before: stateOfInputs(places.spec) });
  const expected = { outDir: out, count: 1 };
  for (const argv of [
    ["generate"],
    ["generate", "--check"],
    ["generate", "casement.yaml", "--out", "casement"],
  ]) {
    assert.deepEqual(findUnchanged(invocation(...argv)), expected, argv.join(" "));
  }
  for (const argv of [
    ["generate", "--force"],
    ["generate", "--help"],
    ["plan"],
    [],
    ["generate", "--out"],
    ["generate", "a", "b"],
  ]) {
    assert.equal(findUnchanged(invocation(...argv)), undefined, argv.join(" "));
  }

  const changes: [string, string, string][] = [
    [join(folder.path, "casement.yaml"), "spec", "other"],
    [join(out, "a"), "content", "other"],
    [manifest, JSON.stringify({ files: { a: hash("content") } }), JSON.stringify({ files: {} })],
  ];
  for (const [file, before, after] of changes) {
    await writeFile(file, after);
    assert.equal(findUnchanged(invocation("generate")), undefined, file);
    await writeFile(file, before);
    assert.deepEqual(findUnchanged(invocation("generate")), expected, file);
  }
});

for (const name of ["casement.yaml", lockName]) {
  test(`a save of ${name} while generate was at it leaves no stamp, neither for what was there nor for what was saved`, async () => {
    await using folder = await makeTempFolder();
    const invocation = {
      argv: ["generate"],
      cwd: folder.path,
      env: { XDG_CACHE_HOME: join(folder.path, "cache") },
    };
    await writeFile(join(folder.path, "casement.yaml"), "spec");
    await writeFile(join(folder.path, lockName), "lock");
    const places = findPlaces({ spec: undefined }, folder.path);
    await mkdir(places.outDir);
    await writeFile(join(places.outDir, manifestName), JSON.stringify({ files: {} }));
    const before = stateOfInputs(places.spec);
    const was = await readFile(join(folder.path, name));
    await writeFile(join(folder.path, name), "saved in between");
    rememberUnchanged(invocation, places, { before });
    assert.equal(findUnchanged(invocation), undefined);
    await writeFile(join(folder.path, name), was);
    assert.equal(findUnchanged(invocation), undefined);
  });
}

test("the state of a spec that is no file is had without reading it", async () => {
  await using folder = await makeTempFolder();
  const spec = join(folder.path, "casement.yaml");
  assert.equal(stateOfInputs(spec), "none none");
  await symlink("/dev/zero", spec);
  assert.equal(stateOfInputs(spec), "no file none");
});

test("a change of casement itself is seen", async () => {
  await using folder = await makeTempFolder();
  const root = join(folder.path, "package");
  for (const name of ["src/a.ts", "templates/b.hbs", "package.json"]) {
    await mkdir(dirname(join(root, name)), { recursive: true });
    await writeFile(join(root, name), name);
  }
  const invocation = {
    argv: ["generate"],
    cwd: folder.path,
    env: { XDG_CACHE_HOME: join(folder.path, "cache") },
  };
  await mkdir(join(folder.path, "casement"));
  await writeFile(join(folder.path, "casement.yaml"), "spec");
  await writeFile(join(folder.path, "casement", manifestName), JSON.stringify({ files: {} }));
  for (const name of ["src/a.ts", "templates/b.hbs", "package.json", "src/new.ts"]) {
    const places = findPlaces({ spec: undefined }, folder.path);
    rememberUnchanged(invocation, places, { before: stateOfInputs(places.spec), root });
    assert.notEqual(findUnchanged(invocation, root), undefined);
    await writeFile(join(root, name), `${name}, changed`);
    assert.equal(findUnchanged(invocation, root), undefined, name);
  }
});

test("generate loads nothing of the folders that the stamp leaves out", () => {
  const source = join(import.meta.dirname, "../../src");
  const imports = /(?:^(?:import|export)\b[^"';]*?\bfrom |\bimport\()"(\.[^"]+\.ts)"/gm;
  const loaded = new Set([join(source, "cli/commands/generate.ts"), join(source, "cli/commands/watch.ts")]);
  for (const file of loaded) {
    for (const [, path = ""] of readFileSync(file, "utf8").matchAll(imports))
      loaded.add(join(dirname(file), path));
  }
  assert.ok(loaded.size > 150, `${loaded.size}`);
  const areas = new Set([...loaded].map((file) => relative(source, file).split("/")[0]));
  assert.deepEqual(
    notOfGenerate.filter((folder) => areas.has(folder)),
    [],
  );
});

test("a casement in Nix's store is known by its place, and not looked through", async () => {
  await using folder = await makeTempFolder();
  const env = { XDG_CACHE_HOME: join(folder.path, "cache") };
  const invocation = { argv: ["generate"], cwd: folder.path, env };
  await mkdir(join(folder.path, "casement"));
  await writeFile(join(folder.path, "casement.yaml"), "spec");
  await writeFile(join(folder.path, "casement", manifestName), JSON.stringify({ files: {} }));
  const places = findPlaces({ spec: undefined }, folder.path);
  const root = "/nix/store/there-is-no-such-path";
  rememberUnchanged(invocation, places, { before: stateOfInputs(places.spec), root });
  assert.notEqual(findUnchanged(invocation, root), undefined);
  assert.equal(findUnchanged(invocation, `${root}-either`), undefined);
});

test("a change of a file that the spec names is seen, and its removal", async () => {
  await using folder = await makeTempFolder();
  const invocation = {
    argv: ["generate", "machine/casement.yaml"],
    cwd: folder.path,
    env: { XDG_CACHE_HOME: join(folder.path, "cache") },
  };
  await mkdir(join(folder.path, "machine/casement"), { recursive: true });
  await writeFile(join(folder.path, "machine/casement.yaml"), "spec");
  await writeFile(join(folder.path, "beside.txt"), "content");
  await writeFile(join(folder.path, "machine/casement", manifestName), JSON.stringify({ files: {} }));
  const sources = new Map([["../beside.txt", Buffer.from("content")]]);
  const places = findPlaces({ spec: "machine/casement.yaml" }, folder.path);
  rememberUnchanged(invocation, places, { before: stateOfInputs(places.spec), sources });
  assert.notEqual(findUnchanged(invocation), undefined);
  await writeFile(join(folder.path, "beside.txt"), "Content");
  assert.equal(findUnchanged(invocation), undefined, "changed");
  await writeFile(join(folder.path, "beside.txt"), "content");
  assert.notEqual(findUnchanged(invocation), undefined);
  await rm(join(folder.path, "beside.txt"));
  assert.equal(findUnchanged(invocation), undefined, "removed");
});
