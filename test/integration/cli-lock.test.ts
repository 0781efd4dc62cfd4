import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, test } from "node:test";
import { startArchive } from "../cygwin/archive-server.ts";
import { makeSmallArchive, writeArchive } from "../cygwin/small-archive.ts";
import { makeTempFolder } from "../support/temp-folder.ts";
import type { CliResult } from "../cli/run-cli.ts";

const spec = "name: t\nwindows:\n  release: windows-10-22h2\naccount:\n  password: Abc123def456\n";

describe("casement lock", () => {
  test("locks without a network, and generate copies the lock and makes the list of it", async () => {
    await using temp = await makeTempFolder();
    const casement = commandIn(temp.path);
    writeArchive(makeSmallArchive(), join(temp.path, "mirror"));
    writeFileSync(join(temp.path, "casement.yaml"), spec);
    const locked = await casement("lock", ...fromFiles);
    assert.equal(locked.exitCode, 0, locked.stderr);
    assert.match(
      locked.stdout,
      /wrote \S+cygwin\.lock\.json \(6 packages, 0\.0 MB\); now run: casement generate/,
    );
    assert.match(locked.stderr, /setup\.ini: NOT checked, because there is no signature beside it/);
    assert.match((await casement("lock", ...fromFiles)).stdout, /is up to date \(6 packages\)/);

    const generated = await casement("generate");
    assert.equal(generated.exitCode, 0, generated.stderr);
    assert.match(
      generated.stdout,
      /wrote +casement\/cygwin\.lock\.json\nwrote +casement\/cygwin\/setup\.ini/,
    );
    const read = (path: string): string => readFileSync(join(temp.path, path), "utf8");
    assert.equal(read("casement/cygwin.lock.json"), read("cygwin.lock.json"));
    assert.match(read("casement/cygwin/setup.ini"), /^@ openssh$/m);
    assert.match((await casement("generate")).stdout, /up to date/);

    rmSync(join(temp.path, "cygwin.lock.json"));
    assert.match((await casement("generate")).stdout, /removed +casement\/cygwin\.lock\.json/);
  });

  test("leaves another lock alone with exit code 1, and replaces it with --update; both say what changes", async () => {
    await using temp = await makeTempFolder();
    const casement = commandIn(temp.path);
    writeFileSync(join(temp.path, "casement.yaml"), spec);
    writeArchive(makeSmallArchive(), join(temp.path, "mirror"));
    await casement("lock", ...fromFiles);
    const old = readFileSync(join(temp.path, "cygwin.lock.json"), "utf8");
    writeArchive(makeSmallArchive({ openssh: "10.0p1-1" }), join(temp.path, "mirror"));

    const left = await casement("lock", ...fromFiles);
    assert.equal(left.exitCode, 1);
    assert.match(left.stdout, /changed openssh 9\.9p1-1 -> 10\.0p1-1\n.*left as it is.*--update/s);
    assert.equal(readFileSync(join(temp.path, "cygwin.lock.json"), "utf8"), old);

    const updated = await casement("lock", "--update", ...fromFiles);
    assert.equal(updated.exitCode, 0, updated.stderr);
    assert.match(updated.stdout, /changed openssh 9\.9p1-1 -> 10\.0p1-1\n.*wrote/s);
    assert.match(readFileSync(join(temp.path, "cygwin.lock.json"), "utf8"), /10\.0p1-1/);
  });

  test("locks from an archive on the network, and asks the same one again without being told", async () => {
    await using temp = await makeTempFolder();
    const casement = commandIn(temp.path);
    await using server = await startArchive(makeSmallArchive().files);
    writeFileSync(join(temp.path, "casement.yaml"), spec);
    const locked = await casement(
      "lock",
      "--archive",
      server.url,
      "--setup-program",
      `${server.url}/setup-x86_64.exe`,
    );
    assert.equal(locked.exitCode, 0, locked.stderr);
    assert.match(locked.stderr, /fetching http:\S+setup\.ini/);

    writeFileSync(join(temp.path, "casement.yaml"), `${spec}cygwin:\n  packages: [wget]\n`);
    const stale = await casement("generate");
    assert.equal(stale.exitCode, 64);
    assert.match(
      stale.stderr,
      /cygwin\.packages: not in cygwin\.lock\.json: wget\n +Run: casement lock --update/,
    );

    const updated = await casement("lock", "--update");
    assert.equal(updated.exitCode, 0, updated.stderr);
    assert.match(updated.stdout, /^added +wget 1\.24-1$/m);
    const asked = server.requests.length;
    assert.equal((await casement("generate")).exitCode, 0);
    assert.equal(server.requests.length, asked, "generate asks no network");

    writeFileSync(join(temp.path, "casement.yaml"), spec);
    for (let time = 0; time < 2; time++)
      assert.match((await casement("generate")).stderr, /still holds what the spec no longer wants: wget/);
  });

  for (const [what, args, message] of [
    ["nothing to lock from", [], /setup program is not known yet\nName one/],
    [
      "a setup program alone",
      ["--setup-program", "mirror/setup-x86_64.exe"],
      /no archive and no list were named\n.*--archive URL/,
    ],
    [
      "an empty name",
      ["--setup-ini", "", "--setup-program", "x"],
      /--setup-ini: has to name something, got ""/,
    ],
    [
      "a folder as an archive",
      ["--archive", "mirror", "--setup-program", "x"],
      /--archive: not an address, got mirror\n.*--setup-ini/,
    ],
    [
      "a keyring that is not there",
      ["--keyring", "none.gpg", "--setup-program", "x"],
      /none\.gpg: the keyring is not there\nCheck the path/,
    ],
    ["a keyring that is none", ["--keyring", "casement.yaml", "--setup-program", "x"], /not an OpenPGP key/],
  ] as const) {
    test(`says what to do about ${what}`, async () => {
      await using temp = await makeTempFolder();
      writeArchive(makeSmallArchive(), join(temp.path, "mirror"));
      writeFileSync(join(temp.path, "casement.yaml"), spec);
      const result = await commandIn(temp.path)("lock", ...args);
      assert.notEqual(result.exitCode, 0);
      assert.match(result.stderr, message);
      assert.doesNotMatch(result.stderr, /fault of casement itself/);
    });
  }

  test("refuses a lock of another architecture or Windows at generate", async () => {
    await using temp = await makeTempFolder();
    const casement = commandIn(temp.path);
    writeFileSync(join(temp.path, "casement.yaml"), spec);
    writeArchive(makeSmallArchive(), join(temp.path, "mirror"));
    await casement("lock", ...fromFiles);
    const file = join(temp.path, "cygwin.lock.json");
    writeFileSync(file, readFileSync(file, "utf8").replace('"arch": "x86_64"', '"arch": "x86"'));
    const refused = await casement("generate");
    assert.equal(refused.exitCode, 64);
    assert.match(refused.stderr, /its Cygwin is x86_64, and cygwin\.lock\.json holds x86/);

    await casement("lock", "--update", ...fromFiles);
    writeFileSync(join(temp.path, "casement.yaml"), spec.replace("10-22h2", "11-24h2"));
    const other = await casement("generate");
    assert.equal(other.exitCode, 64);
    assert.match(
      other.stderr,
      /windows\.release: is Windows 10\.0\.26100, and cygwin\.lock\.json was made for 10\.0\.19045/,
    );
  });
});

const fromFiles = ["--setup-ini", "mirror/x86_64/setup.ini", "--setup-program", "mirror/setup-x86_64.exe"];

/** The command in a folder; not waiting idly, because the archive is served by this process. */
function commandIn(cwd: string): (...args: readonly string[]) => Promise<CliResult> {
  const start = join(import.meta.dirname, "../../src/cli/start.mjs");
  const env = { ...process.env, XDG_CACHE_HOME: join(cwd, ".cache") };
  return async (...args) =>
    new Promise((resolve) => {
      execFile(process.execPath, [start, ...args], { cwd, env }, (error, stdout, stderr) => {
        const exitCode = error === null ? 0 : typeof error.code === "number" ? error.code : null;
        resolve({ exitCode, stdout, stderr });
      });
    });
}
