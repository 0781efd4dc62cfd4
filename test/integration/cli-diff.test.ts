import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { cp, readdir, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { makePlace } from "../cli/make-place.ts";
import { skipWithout } from "../support/external-tools.ts";

const spec = "name: hello\nwindows:\n  release: windows-10-22h2\n";
const other = `${spec}  files: [{ path: tools/new.txt, text: "one\\ntwo" }]\naccess: openssh\n`;

test("diff is silent work: 0 when the folder is right, 1 when it is not, and nothing is written", async () => {
  await using place = await makePlace(spec);
  place.run("generate");
  const right = place.run("diff");
  assert.equal(right.exitCode, 0);
  assert.match(right.stdout, /^casement: casement is up to date \(\d+ files\)\n$/);
  await writeFile(join(place.path, "casement.yaml"), `${spec}hardware: { vcpus: 3 }\n`);
  const before = await contentsOf(place.path);
  const changed = place.run("diff");
  assert.equal(changed.exitCode, 1, changed.stderr);
  assert.match(changed.stdout, /^changed +casement\/machine\.json\n--- casement\/machine\.json$/m);
  assert.match(changed.stdout, /^-\s+"vcpus": 2,\n\+\s+"vcpus": 3,$/m);
  assert.match(changed.stdout, /^casement: generate would write 1 file in casement\n$/m);
  assert.deepEqual(await contentsOf(place.path), before);
});

test("a folder that is not there yet has no password to show, and the same output each time", async () => {
  await using place = await makePlace(spec);
  const first = place.run("diff");
  assert.equal(first.exitCode, 1);
  for (const file of ["machine.json", "media/floppy/Autounattend.xml", "controller/smbpasswd"]) {
    assert.match(
      first.stdout,
      new RegExp(
        `^new +casement/${file}: holds the account's password, which generate has yet to make$`,
        "m",
      ),
    );
  }
  assert.match(first.stdout, /^\+.*reg add/m, "what holds none is shown");
  assert.equal(place.run("diff").stdout, first.stdout);
  await writeFile(join(place.path, "casement.yaml"), `${spec}account: { password: Given-1 }\n`);
  const given = place.run("diff").stdout;
  assert.doesNotMatch(given, /has yet to make/);
  assert.match(given, /^\+\s+"password": "Given-1"/m);
});

test("what was changed by hand and what is in the way is told, with both sides", async () => {
  await using place = await makePlace(spec);
  place.run("generate");
  await writeFile(join(place.path, "casement/default.nix"), "by hand\n");
  const edited = place.run("diff");
  assert.match(edited.stdout, /^changed by hand +casement\/default\.nix\n[^]*^-by hand$/m);
  assert.match(
    edited.stdout,
    /generate would refuse: 1 file changed by hand in casement; with --force it would write 1 file/,
  );
  await rm(join(place.path, "casement/default.nix"));
  await symlink("machine.json", join(place.path, "casement/default.nix"));
  const blocked = place.run("diff");
  assert.equal(blocked.exitCode, 1);
  assert.match(blocked.stdout, /^in the way, a link or a folder casement\/default\.nix\n/m);
});

test("patch makes of the folder what generate makes of it", { skip: skipWithout(["patch"]) }, async () => {
  await using place = await makePlace(spec);
  place.run("generate");
  await writeFile(join(place.path, "casement.yaml"), other);
  const { stdout } = place.run("diff");
  await cp(join(place.path, "casement"), join(place.path, "patched/casement"), { recursive: true });
  const patched = spawnSync("patch", ["--binary", "-p0", "--remove-empty-files", "--directory", "patched"], {
    cwd: place.path,
    input: stdout,
    encoding: "utf8",
  });
  assert.equal(patched.status, 0, patched.stdout + patched.stderr);
  assert.equal(place.run("generate").exitCode, 0);
  const want = await contentsOf(join(place.path, "casement"));
  const got = await contentsOf(join(place.path, "patched/casement"));
  assert.ok(want.has("media/bootstrap/files/tools/new.txt"), "a new file is among them");
  assert.ok(!want.has("media/bootstrap/casement/install-cygwin.cmd"), "and a removed one");
  // Told in words: the image, its manifest, and a second file with the same change.
  for (const path of ["casement.manifest.json", "media/floppy.img", "media/floppy/Autounattend.xml"]) {
    want.delete(path);
    got.delete(path);
  }
  assert.deepEqual(got, want);
});

test("on a terminal it is coloured, unless NO_COLOR says otherwise", {
  skip: skipWithout(["script"]),
}, async () => {
  await using place = await makePlace(spec);
  const onTerminal = (env: Readonly<Record<string, string>>): string => {
    const command = `'${process.execPath}' '${join(import.meta.dirname, "../../src/cli/start.mjs")}' diff`;
    return spawnSync("script", ["--quiet", "--command", command, "/dev/null"], {
      cwd: place.path,
      encoding: "utf8",
      env: { PATH: process.env["PATH"], TERM: "xterm-256color", XDG_CACHE_HOME: place.path, ...env },
    }).stdout;
  };
  const escape = '  files: [{ path: a.txt, text: "a\\e[2Jb" }]\n';
  await writeFile(join(place.path, "casement.yaml"), spec + escape);
  const coloured = onTerminal({});
  assert.ok(coloured.includes("\u001b[32m+a^[[2Jb"), coloured);
  const plain = onTerminal({ NO_COLOR: "1" });
  assert.match(plain, /^\+a\^\[\[2Jb\r?$/m);
  assert.ok(!plain.includes("\u001b"));
  assert.ok(place.run("diff").stdout.includes("\n+a\u001b[2Jb\n"), "a pipe gets the bytes as they are");
});

/** Every file below a folder, by path. */
async function contentsOf(folder: string): Promise<Map<string, string>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const contents = await Promise.all(
    files.map(async (file) => [file.slice(folder.length + 1), await readFile(file, "latin1")] as const),
  );
  return new Map(contents.toSorted(([left], [right]) => (left < right ? -1 : 1)));
}
