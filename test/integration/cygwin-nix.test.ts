import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { buildLock } from "../../src/cygwin/lock/build-lock.ts";
import { parseLock, printLock } from "../../src/cygwin/lock/lock-file.ts";
import { printPrunedList } from "../../src/cygwin/lock/pruned-list.ts";
import type { CygwinLock } from "../../src/cygwin/lock-schema.ts";
import { type ArchiveServer, startArchive } from "../cygwin/archive-server.ts";
import { makeSmallArchive, writeArchive } from "../cygwin/small-archive.ts";
import {
  copyMachine,
  evaluate,
  nixCommand,
  type NixResult,
  refusal,
  repository,
  scratch,
  skipWithoutNix,
  toolPkgs,
} from "../nix/nix-tool.ts";

// The packages are made up: what is tested is that the lock decides every byte of the folder and of the ISO.
describe("a locked Cygwin in Nix", { skip: skipWithoutNix }, () => {
  const folder = scratch();
  const dir = join(folder.path, "casement");
  const mirror = join(folder.path, "mirror");
  // A version with a character that no store path has, and content that no other run has, so that it has to be fetched.
  const archive = makeSmallArchive({ openssh: "1~2-1", salt: String(Date.now()) });
  let server: ArchiveServer;
  before(async () => {
    server = await startArchive(archive.files);
    copyMachine(dir);
    writeArchive(archive, mirror);
    writeLock(dir, await lockOf(server.url));
  });
  after(async () => {
    await server[Symbol.asyncDispose]();
    folder[Symbol.dispose]();
  });

  test("fetches each file by its hash and lays the folder out as Cygwin's setup expects it", async () => {
    const built = await build(`${load(dir)}.cygwin`);
    assert.equal(built.exitCode, 0, built.stderr);
    const out = built.stdout.trim();
    const lock = lockIn(dir);
    const expected = [
      ...lock.packages.map(({ path }) => path),
      "setup-x86_64.exe",
      "x86_64/setup.ini",
    ].sort();
    assert.deepEqual(filesIn(out), expected);
    for (const { path } of lock.packages)
      assert.deepEqual(readFileSync(join(out, path)), Buffer.from(archive.files.get(path) ?? ""), path);
    assert.equal(
      readFileSync(join(out, "x86_64/setup.ini"), "utf8"),
      readFileSync(join(dir, "cygwin/setup.ini"), "utf8"),
    );
    assert.equal(
      server.requests.filter((request) => request.includes("release/")).length,
      lock.packages.length,
      server.requests.join("\n"),
    );
  });

  test("makes the same folder and the same bootstrap ISO twice", async () => {
    for (const attribute of ["cygwin", "bootstrapIso"]) {
      const first = await build(`${load(dir)}.${attribute}`);
      assert.equal(first.exitCode, 0, first.stderr);
      const again = await build(`${load(dir)}.${attribute}`, "--rebuild");
      assert.equal(again.exitCode, 0, again.stderr);
    }
  });

  test("takes the files from a folder in the place of downloads, and makes the same folder of them", async () => {
    const asked = server.requests.length;
    const fetched = await build(`${load(dir)}.cygwin`);
    const taken = await build(`${load(dir, `cygwinPackages = ${mirror};`)}.cygwin`);
    assert.equal(taken.exitCode, 0, taken.stderr);
    assert.equal(server.requests.length, asked);
    const [left, right] = [fetched.stdout.trim(), taken.stdout.trim()];
    assert.deepEqual(filesIn(left), filesIn(right));
    for (const path of filesIn(left))
      assert.deepEqual(readFileSync(join(left, path)), readFileSync(join(right, path)), path);
  });

  test("refuses a folder whose files are others, and names them", async () => {
    const changed = join(folder.path, "changed");
    cpSync(mirror, changed, { recursive: true });
    writeFileSync(join(changed, "setup-x86_64.exe"), "MZ another one");
    const result = await build(`${load(dir, `cygwinPackages = ${changed};`)}.cygwin`);
    assert.notEqual(result.exitCode, 0);
    assert.match(result.stderr, /not what cygwin\.lock\.json says/);
    assert.match(result.stderr, /setup-x86_64\.exe: 14 bytes, sha512 [0-9a-f]{128}/);
  });

  test("says before anything is built which files a folder lacks", () => {
    const partial = join(folder.path, "partial");
    cpSync(mirror, partial, { recursive: true });
    rmSync(join(partial, "x86_64/release/tar"), { recursive: true });
    const message = refusal(`${load(dir, `cygwinPackages = ${partial};`)}.cygwin.drvPath`);
    assert.match(message, /1 file of cygwin\.lock\.json cannot be had from/);
    assert.match(message, /x86_64\/release\/tar\/tar-1\.35-1\.tar\.xz/);
  });

  test("says what to do about a lock that was made from files and names no address", async () => {
    const offline = copyOf("offline");
    writeLock(offline, { ...(await lockOf(server.url)), archives: [] });
    const message = refusal(`${load(offline)}.cygwin.drvPath`);
    assert.match(message, /6 files of cygwin\.lock\.json cannot be had/);
    assert.match(message, /and 1 more/);
    assert.match(message, /cygwinPackages = \.\/folder/);
    assert.match(message, /casement lock --update --archive URL/);
  });

  test("refuses a lock of another version", () => {
    const newer = copyOf("newer");
    writeFileSync(join(newer, "cygwin.lock.json"), '{"version":2,"list":{"arch":"x86_64"}}');
    assert.match(refusal(`${load(newer)}.cygwin.drvPath`), /version is not supported, got 2; allowed: 1/);
  });

  test("has one hash for one content: neither the signature nor what the list says beside it matters", async () => {
    const same = copyOf("same");
    const lock = lockIn(dir);
    writeLock(same, { ...lock, list: { ...lock.list, signedBy: "A".repeat(40), url: null } });
    assert.equal(outPath(same), outPath(dir));
    const other = copyOf("other");
    const [first, ...rest] = lock.packages;
    assert.ok(first !== undefined);
    writeLock(other, { ...lock, packages: [{ ...first, sha512: "0".repeat(128) }, ...rest] });
    assert.notEqual(outPath(other), outPath(dir));
  });

  test("hands all addresses to a fetchurl that takes several", () => {
    const mirrors = copyOf("mirrors");
    writeLock(mirrors, { ...lockIn(dir), archives: ["http://127.0.0.1:1/a", "http://127.0.0.1:2/b"] });
    const drv = `(import ${repository}/nix/cygwin.nix {
      inherit (${toolPkgs}) lib;
      toolPkgs = { fetchurl = { name, urls, sha512 }: builtins.toFile name (builtins.toJSON urls); };
      node = "/bin/node";
      dir = ${mirrors};
    })`;
    const files = evaluate(`map (each: builtins.readFile each.file) ${drv}.drvAttrs.files`);
    assert.ok(Array.isArray(files));
    assert.equal(
      files[0],
      '["http://127.0.0.1:1/a/x86_64/release/bash/bash-5.2-1.tar.xz","http://127.0.0.1:2/b/x86_64/release/bash/bash-5.2-1.tar.xz"]',
    );
  });

  test("leaves a folder that the user hands over in its place", () => {
    assert.equal(evaluate(`toString ${load(dir, `cygwin = ${mirror};`)}.cygwin`), mirror);
  });

  function copyOf(name: string): string {
    const copy = join(folder.path, name);
    cpSync(dir, copy, { recursive: true });
    return copy;
  }

  async function lockOf(url: string): Promise<CygwinLock> {
    const sources = {
      cacheFolder: join(folder.path, "cache"),
      keys: [],
      unsigned: true,
      onRemark: () => undefined,
      onProgress: () => undefined,
    };
    const request = {
      arch: "x86_64" as const,
      windows: "10.0.19045",
      lastDay: null,
      wanted: ["openssh", "tar"],
      archives: [url],
      list: undefined,
    };
    return buildLock({ ...request, setup: `${url}/setup-x86_64.exe` }, sources);
  }
});

function load(dir: string, more = ""): string {
  return `(let
    pkgs = ${toolPkgs};
    casement = import ${repository} { toolPkgs = pkgs; };
    in casement.lib.load { inherit pkgs; dir = ${dir}; iso = ${dir}/machine.json; standIn = true; ${more} })`;
}

function outPath(dir: string): unknown {
  return evaluate(`builtins.unsafeDiscardStringContext ${load(dir)}.cygwin.outPath`);
}

function writeLock(dir: string, lock: CygwinLock): void {
  mkdirSync(join(dir, "cygwin"), { recursive: true });
  writeFileSync(join(dir, "cygwin.lock.json"), printLock(lock));
  writeFileSync(join(dir, "cygwin/setup.ini"), printPrunedList(lock));
}

function lockIn(dir: string): CygwinLock {
  const file = join(dir, "cygwin.lock.json");
  return parseLock(readFileSync(file, "utf8"), file);
}

function filesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .sort();
}

/** Builds without waiting idly, because this process serves the archive. */
async function build(expression: string, ...options: readonly string[]): Promise<NixResult> {
  const [file, ...first] = nixCommand();
  const args = ["build", "--impure", "--no-link", "--print-out-paths", ...options, "--expr", expression];
  return new Promise((resolve) => {
    execFile(file, [...first, ...args], { maxBuffer: 1 << 26 }, (error, stdout, stderr) => {
      const exitCode = error === null ? 0 : typeof error.code === "number" ? error.code : null;
      resolve({ exitCode, stdout, stderr });
    });
  });
}
