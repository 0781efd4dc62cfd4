import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { lstat, mkdir, readdir, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import type { Artifact } from "../../src/artifacts/artifact.ts";
import { generated } from "../../src/contract/filenames.ts";
import { InternalError, ToolError } from "../../src/errors.ts";
import { formatManifest, loadManifest } from "../../src/writer/manifest-file.ts";
import { hash } from "../../src/writer/look.ts";
import { writeArtifacts, type WriteReport } from "../../src/writer/write.ts";
import { makeTempFolder } from "../support/temp-folder.ts";

const first: readonly Artifact[] = [
  { path: "a.txt", content: "one" },
  { path: "media/b.bin", content: Uint8Array.of(0, 1, 2) },
  { path: "media/deep/c.txt", content: "three" },
];
const second: readonly Artifact[] = [
  { path: "a.txt", content: "one, changed" },
  { path: "media/b.bin", content: Uint8Array.of(0, 1, 2) },
  { path: "new.txt", content: "new" },
];

test("a first write makes the folder, the files and the manifest", async () => {
  await using folder = await makeTempFolder();
  const out = join(folder.path, "x/casement");
  const report = await write(first, out);
  assert.deepEqual(report, {
    written: ["a.txt", "media/b.bin", "media/deep/c.txt"],
    unchanged: [],
    removed: [],
  });
  assert.deepEqual(await tree(out), [
    "a.txt",
    "casement.manifest.json",
    "media",
    "media/b.bin",
    "media/deep",
    "media/deep/c.txt",
  ]);
  assert.equal((await loadManifest(out))?.password, "Secret-1");
});

test("a second write of the same touches no file", async () => {
  await using folder = await makeTempFolder();
  await write(first, folder.path);
  const before = await states(folder.path);
  assert.deepEqual((await write(first, folder.path)).written, []);
  assert.deepEqual(await states(folder.path), before);
});

test("changed files are written, the others stay untouched, and what is no longer generated goes with its empty folder", async () => {
  await using folder = await makeTempFolder();
  await write(first, folder.path);
  const before = await lstat(join(folder.path, "media/b.bin"));
  const report = await write(second, folder.path);
  assert.deepEqual(report, {
    written: ["a.txt", "new.txt"],
    unchanged: ["media/b.bin"],
    removed: ["media/deep/c.txt"],
  });
  const after = await lstat(join(folder.path, "media/b.bin"));
  assert.deepEqual([after.ino, after.mtimeMs, after.ctimeMs], [before.ino, before.mtimeMs, before.ctimeMs]);
  assert.deepEqual(await tree(folder.path), [
    "a.txt",
    "casement.manifest.json",
    "media",
    "media/b.bin",
    "new.txt",
  ]);
});

test("files of somebody else stay, also in folders that casement leaves", async () => {
  await using folder = await makeTempFolder();
  await write(first, folder.path);
  await writeFile(join(folder.path, "media/deep/mine.txt"), "mine");
  await write(second, folder.path);
  assert.equal(await readFile(join(folder.path, "media/deep/mine.txt"), "utf8"), "mine");
});

test("everything in the way is named at once, and nothing is written", async () => {
  await using folder = await makeTempFolder();
  await write(first, folder.path);
  await writeFile(join(folder.path, "a.txt"), "edited");
  await writeFile(join(folder.path, "new.txt"), "foreign");
  const before = await states(folder.path);
  await assert.rejects(write(second, folder.path), (error) => {
    assert.ok(error instanceof ToolError);
    assert.match(error.message, /nothing was written/);
    assert.match(error.message, /a\.txt: is casement's and was changed by hand/);
    assert.match(error.message, /new\.txt: is not casement's/);
    assert.match(error.hint ?? "", /--force/);
    return true;
  });
  assert.deepEqual(await states(folder.path), before);
});

test("--force writes over edited files, and still not over a foreign one", async () => {
  await using folder = await makeTempFolder();
  await write(first, folder.path);
  await writeFile(join(folder.path, "a.txt"), "edited");
  await writeFile(join(folder.path, "media/deep/c.txt"), "edited");
  assert.deepEqual((await write(second, folder.path, true)).removed, ["media/deep/c.txt"]);
  assert.equal(await readFile(join(folder.path, "a.txt"), "utf8"), "one, changed");
  await writeFile(join(folder.path, "foreign.txt"), "foreign");
  const third = [...second, { path: "foreign.txt", content: "ours" }];
  await assert.rejects(write(third, folder.path, true), /foreign\.txt: is not casement's/);
});

test("an edited file that is no longer generated is not removed unasked", async () => {
  await using folder = await makeTempFolder();
  await write(first, folder.path);
  await writeFile(join(folder.path, "media/deep/c.txt"), "edited");
  await assert.rejects(
    write(second, folder.path),
    /c\.txt: is casement's, was changed by hand, and is no longer generated/,
  );
});

test("a foreign file with the right bytes is no obstacle", async () => {
  await using folder = await makeTempFolder();
  await writeFile(join(folder.path, "a.txt"), "one");
  assert.deepEqual((await write(first, folder.path)).unchanged, ["a.txt"]);
});

test("links are not followed: not a file's, not a folder's", async () => {
  for (const path of ["a.txt", "media"]) {
    await using folder = await makeTempFolder();
    await using outside = await makeTempFolder();
    const out = join(folder.path, "out");
    await mkdir(out);
    await symlink(outside.path, join(out, path));
    await assert.rejects(write(first, out), /is a symbolic link or a folder, or lies below a link/);
    assert.deepEqual(await readdir(outside.path), []);
  }
});

test("a folder at a file's place is refused", async () => {
  await using folder = await makeTempFolder();
  await mkdir(join(folder.path, "a.txt"));
  await assert.rejects(write(first, folder.path), /a\.txt: is a symbolic link or a folder/);
});

test("a file at the output folder's place is refused", async () => {
  await using folder = await makeTempFolder();
  await writeFile(join(folder.path, "out"), "");
  await assert.rejects(write(first, join(folder.path, "out")), /is not a folder/);
});

test("without a manifest the files are nobody's, and the hint says how to get it back", async () => {
  await using folder = await makeTempFolder();
  await write(first, folder.path);
  await rm(join(folder.path, generated.manifest));
  await assert.rejects(write(second, folder.path), (error) => {
    assert.ok(error instanceof ToolError);
    assert.match(error.hint ?? "", /restore casement\.manifest\.json from version control/);
    return true;
  });
});

test("two writers at once leave the folder of one of them, whole", async () => {
  await using folder = await makeTempFolder();
  await Promise.all([write(first, folder.path), write(second, folder.path), write(first, folder.path)]);
  const manifest = await loadManifest(folder.path);
  assert.equal(manifest?.pending, undefined);
  const files = (await readdir(folder.path, { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
  for (const [path, expected] of Object.entries(manifest?.files ?? {})) {
    assert.equal(hash(await readFile(join(folder.path, path))), expected, path);
  }
  assert.equal(files.length, Object.keys(manifest?.files ?? {}).length + 1);
});

test("paths that lead elsewhere are casement's own fault and go nowhere", async () => {
  await using folder = await makeTempFolder();
  for (const path of ["../a", "/a", "a/../../b", "a//b", ".", "", "a\\b", "a/", "a\0"]) {
    await assert.rejects(write([{ path, content: "" }], folder.path), InternalError);
  }
  await assert.rejects(write([...first, ...first], folder.path), /two artifacts have the path a\.txt/);
  assert.deepEqual(await tree(folder.path), []);
});

test("a crash after any step is mended by the next write", async () => {
  for (let steps = 0; steps < 6; steps++) {
    await using folder = await makeTempFolder();
    await write(first, folder.path);
    await writeUntilCrash(second, folder.path, steps);
    await write(second, folder.path);
    assert.deepEqual(await tree(folder.path), [
      "a.txt",
      "casement.manifest.json",
      "media",
      "media/b.bin",
      "new.txt",
    ]);
    const manifest = await loadManifest(folder.path);
    assert.equal(manifest?.pending, undefined);
    assert.deepEqual(Object.keys(manifest?.files ?? {}), ["a.txt", "media/b.bin", "new.txt"]);
  }
});

test("after a crash another content can follow as well", async () => {
  for (let steps = 0; steps < 6; steps++) {
    await using folder = await makeTempFolder();
    await write(first, folder.path);
    await writeUntilCrash(second, folder.path, steps);
    await write(first, folder.path);
    assert.equal(await readFile(join(folder.path, "a.txt"), "utf8"), "one");
    assert.equal(existsSync(join(folder.path, "new.txt")), false);
  }
});

test("a folder that a crash left half staged is replaced", async () => {
  await using folder = await makeTempFolder();
  await mkdir(join(folder.path, ".casement-new"));
  await writeFile(join(folder.path, ".casement-new/file"), "half");
  await write(first, folder.path);
  assert.equal(existsSync(join(folder.path, ".casement-new")), false);
});

const damaged: readonly { title: string; text: string; message: RegExp }[] = [
  { title: "cut short", text: '{ "version": 1', message: /is damaged/ },
  { title: "of a newer casement", text: '{ "version": 2 }', message: /is of another version than 1/ },
  {
    title: "that names a file outside",
    text: JSON.stringify({ version: 1, generator: "0", password: null, files: { "../x": "0".repeat(64) } }),
    message: /is damaged/,
  },
  {
    title: "with a password that no spec may have",
    text: JSON.stringify({ version: 1, generator: "0", password: "a b", files: {} }),
    message: /is damaged/,
  },
];

for (const row of damaged) {
  test(`a manifest ${row.title} stops everything`, async () => {
    await using folder = await makeTempFolder();
    await writeFile(join(folder.path, generated.manifest), row.text);
    await assert.rejects(write(first, folder.path), row.message);
    assert.deepEqual(await tree(folder.path), [generated.manifest]);
  });
}

function write(artifacts: readonly Artifact[], outDir: string, force = false): Promise<WriteReport> {
  return writeArtifacts(artifacts, outDir, { generator: "1.2.3", password: "Secret-1", force });
}

/** What a writer that dies after so many steps leaves behind: manifest with both states, then the files one by one. */
async function writeUntilCrash(artifacts: readonly Artifact[], outDir: string, steps: number): Promise<void> {
  const manifest = await loadManifest(outDir);
  assert.ok(manifest !== undefined);
  const pending = Object.fromEntries(artifacts.map(({ path, content }) => [path, hash(content)]));
  const actions = [
    () => writeFile(join(outDir, generated.manifest), formatManifest({ ...manifest, pending })),
    ...artifacts.map((artifact) => () => writeFile(join(outDir, artifact.path), artifact.content)),
    () => rm(join(outDir, "media/deep/c.txt")),
  ];
  for (const action of actions.slice(0, steps)) await action();
}

async function tree(folder: string): Promise<string[]> {
  return (await readdir(folder, { recursive: true })).toSorted();
}

async function states(folder: string): Promise<string[]> {
  const names = await tree(folder);
  const stats = await Promise.all(names.map((name) => lstat(join(folder, name))));
  return names.map((name, index) => `${name} ${stats[index]?.ino} ${stats[index]?.mtimeMs}`);
}
