import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, test } from "node:test";
import { zstdCompressSync } from "node:zlib";
import { buildLock, type LockRequest } from "../../../src/cygwin/lock/build-lock.ts";
import { compareLocks } from "../../../src/cygwin/lock/compare-locks.ts";
import { parseLock, printLock } from "../../../src/cygwin/lock/lock-file.ts";
import { printPrunedList } from "../../../src/cygwin/lock/pruned-list.ts";
import type { Sources } from "../../../src/cygwin/lock/sources.ts";
import { resolvePackages } from "../../../src/cygwin/resolve/resolve.ts";
import { parseSetupIni } from "../../../src/cygwin/setup-ini/parse.ts";
import { parseKeys } from "../../../src/cygwin/signature/public-key.ts";
import { ToolError } from "../../../src/errors.ts";
import { run } from "../../../src/process/run.ts";
import { makeTempFolder } from "../../support/temp-folder.ts";
import { startArchive } from "../archive-server.ts";
import { signWith, skipWithoutGpg } from "../gpg.ts";
import { makeSmallArchive, writeArchive } from "../small-archive.ts";

const wanted = ["cygrunsrv", "openssh", "tar"];
const closure = ["bash", "cygrunsrv", "cygwin", "libssl3", "openssh", "tar"];

describe("buildLock", () => {
  test("locks the closure from files, and is the same from the same files", async () => {
    await using temp = await makeTempFolder();
    const archive = makeSmallArchive();
    writeArchive(archive, temp.path);
    const request = fromFolder(temp.path);
    const { sources, remarks } = makeSources(temp.path);
    const lock = await buildLock(request, sources);
    assert.deepEqual(
      lock.packages.map(({ name }) => name),
      closure,
    );
    assert.deepEqual(lock.packages[4], {
      name: "openssh",
      version: "9.9p1-1",
      path: "x86_64/release/openssh/openssh-9.9p1-1.tar.xz",
      size: 27,
      sha512: sha512(archive.files.get("x86_64/release/openssh/openssh-9.9p1-1.tar.xz")),
      categories: ["Net"],
      summary: "This is openssh",
      depends: ["cygwin", "cygrunsrv", "libssl3"],
    });
    assert.deepEqual(lock.list, {
      url: null,
      sha512: sha512(Buffer.from(archive.list)),
      signedBy: null,
      release: "cygwin",
      arch: "x86_64",
      timestamp: 1700000000,
    });
    assert.equal(lock.setup.sha512, sha512(archive.files.get("setup-x86_64.exe")));
    assert.equal(remarks.filter((text) => text.includes("NOT checked")).length, 2, remarks.join("\n"));
    assert.equal(printLock(await buildLock(request, sources)), printLock(lock));
    assert.deepEqual(parseLock(printLock(lock), "cygwin.lock.json"), lock);
  });

  for (const [name, pack] of [
    ["setup.ini", (bytes: Buffer) => bytes],
    ["setup.zst", (bytes: Buffer) => zstdCompressSync(bytes)],
    ["setup.xz", (bytes: Buffer) => packWith("xz", bytes)],
    ["setup.bz2", (bytes: Buffer) => packWith("bzip2", bytes)],
  ] as const) {
    test(`finds ${name} in an archive on the network`, async () => {
      await using temp = await makeTempFolder();
      const { files, list } = makeSmallArchive();
      files.delete("x86_64/setup.ini");
      files.set(`x86_64/${name}`, await pack(Buffer.from(list)));
      await using server = await startArchive(files);
      const { sources } = makeSources(temp.path);
      const request = {
        ...fromFolder("unused"),
        archives: [`${server.url}/`],
        list: undefined,
        setup: `${server.url}/setup-x86_64.exe`,
      };
      const lock = await buildLock(request, sources);
      assert.equal(lock.list.url, `${server.url}/x86_64/${name}`);
      assert.deepEqual(lock.archives, [server.url]);
      assert.equal(lock.setup.url, `${server.url}/setup-x86_64.exe`);
      assert.equal(lock.packages.length, closure.length);
      assert.ok(!server.requests.some((request) => request.includes("release/")), "no package was needed");
    });
  }

  for (const [what, isLocal] of [
    ["from the folder of the list", true],
    ["from the archive", false],
  ] as const) {
    test(`makes the SHA-512 of packages whose list knows MD5 only, ${what}`, async () => {
      await using temp = await makeTempFolder();
      const archive = makeSmallArchive({ hash: "md5" });
      await using server = await startArchive(archive.files);
      const list = join(temp.path, "mirror/x86_64/setup.ini");
      if (isLocal) writeArchive(archive, join(temp.path, "mirror"));
      else {
        mkdirSync(join(temp.path, "mirror/x86_64"), { recursive: true });
        writeFileSync(list, archive.list);
        writeFileSync(join(temp.path, "mirror/setup-x86_64.exe"), "MZ");
      }
      const request = { ...fromFolder(join(temp.path, "mirror")), archives: isLocal ? [] : [server.url] };
      const { sources, progress } = makeSources(temp.path);
      const lock = await buildLock(request, sources);
      for (const { path, sha512: locked } of lock.packages)
        assert.equal(locked, sha512(archive.files.get(path)), path);
      assert.equal(server.requests.length, isLocal ? 0 : closure.length);
      assert.equal(progress.size, server.requests.length);
      await buildLock(request, sources);
      assert.equal(server.requests.length, isLocal ? 0 : closure.length, "what was fetched is kept");
    });
  }

  test("refuses a package that is not what the list says", async () => {
    await using temp = await makeTempFolder();
    const archive = makeSmallArchive({ hash: "md5" });
    archive.files.set("x86_64/release/bash/bash-5.2-1.tar.xz", Buffer.from("something else"));
    writeArchive(archive, temp.path);
    await assert.rejects(
      buildLock(fromFolder(temp.path), makeSources(temp.path).sources),
      /bash-5.2-1.tar.xz: not what the list says: 14 bytes with MD5 [0-9a-f]{32}, the list has 22 bytes/,
    );
  });

  for (const [what, change, message, hint] of [
    [
      "a package that is not in the list",
      { request: { wanted: ["opensh"] } },
      /setup.ini: package opensh is not in the list; did you mean openssh\?/,
      /cygwin.packages/,
    ],
    ["a list for another machine", { request: { arch: "x86" } }, /holds packages for x86_64/, /list for x86/],
    [
      "a list that is none",
      { list: "<html>404</html>" },
      /setup.ini:1:1: a line starts with/,
      /fetch it again/,
    ],
    ["a list that is cut off", { list: '@ a\nsdesc: "b' }, /setup.ini:2:8: .* never closed/, /damaged/],
    [
      "a packed list that is cut off",
      { list: Buffer.from("fd377a585a0000", "hex") },
      /could not be unpacked/,
      /./,
    ],
    ["a broken zstd", { list: Buffer.from("28b52ffd0000", "hex") }, /could not be unpacked/, /cut off/],
    [
      "a setup program that is none",
      { setup: "<html>" },
      /a page or nothing, and no program/,
      /--setup-program/,
    ],
    [
      "no list at all",
      { request: { list: undefined } },
      /no archive and no list were named/,
      /--archive URL/,
    ],
    [
      "a file that is not there",
      { request: { setup: "/no/such/file" } },
      /\/no\/such\/file: .* not there/,
      /path/,
    ],
    [
      "a Cygwin that is newer than the last one for this Windows",
      { request: { windows: "6.1.7601", lastDay: "2023-11-13" } },
      /setup\.ini: is of 2023-11-14, and the last Cygwin that runs on Windows 6\.1\.7601 is of 2023-11-13/,
      /--archive URL/,
    ],
    ["a folder as a list", { request: { list: "/" } }, /^\/: is a folder/, /x86_64\/setup\.ini/],
    [
      "a path that leads out of the archive",
      {
        more: `@ evil\nversion: 1\ninstall: x86_64/../../evil 1 ${"0".repeat(128)}\n`,
        request: { wanted: ["evil"] },
      },
      /package evil: packages\.\d+\.path/,
      /not taken/,
    ],
  ] as const) {
    test(`refuses ${what}, and says what to do`, async () => {
      await using temp = await makeTempFolder();
      const archive = makeSmallArchive("more" in change ? { more: change.more } : {});
      if ("list" in change) archive.files.set("x86_64/setup.ini", Buffer.from(change.list));
      if ("setup" in change) archive.files.set("setup-x86_64.exe", Buffer.from(change.setup));
      writeArchive(archive, temp.path);
      const request = { ...fromFolder(temp.path), ...("request" in change ? change.request : {}) };
      await assert.rejects(buildLock(request, makeSources(temp.path).sources), (error) => {
        assert.ok(error instanceof ToolError, String(error));
        assert.match(error.message, message);
        assert.match(error.hint ?? "", hint);
        return true;
      });
    });
  }

  test("knows the archive from the address of its list", async () => {
    await using temp = await makeTempFolder();
    await using server = await startArchive(makeSmallArchive().files);
    const request = {
      ...fromFolder(temp.path),
      list: `${server.url}/x86_64/setup.ini`,
      setup: `${server.url}/setup-x86_64.exe`,
    };
    const lock = await buildLock(request, makeSources(temp.path).sources);
    assert.deepEqual(lock.archives, [server.url]);
  });

  test("reads the setup program's version from its name, and refuses one that the list is too new for", async () => {
    await using temp = await makeTempFolder();
    const archive = makeSmallArchive();
    archive.files.set(
      "x86_64/setup.ini",
      Buffer.from(archive.list.replace("setup-version", "setup-minimum-version: 2.903\nsetup-version")),
    );
    for (const name of ["setup-2.903.x86_64.exe", "setup-x86_64-2.902.exe"])
      archive.files.set(name, Buffer.from("MZ"));
    writeArchive(archive, temp.path);
    const { sources } = makeSources(temp.path);
    const request = (name: string): LockRequest => ({
      ...fromFolder(temp.path),
      setup: join(temp.path, name),
    });
    const lock = await buildLock(request("setup-2.903.x86_64.exe"), sources);
    assert.equal(lock.setup.version, "2.903");
    await assert.rejects(
      buildLock(request("setup-x86_64-2.902.exe"), sources),
      /setup\.ini: wants a setup program from 2\.903 on, got 2\.902/,
    );
  });

  test("says what is missing where an archive has no list", async () => {
    await using temp = await makeTempFolder();
    await using server = await startArchive(new Map());
    const request = { ...fromFolder(temp.path), archives: [server.url], list: undefined };
    await assert.rejects(
      buildLock(request, makeSources(temp.path).sources),
      /no list of packages there; looked for/,
    );
  });
});

describe("buildLock with signatures", { skip: skipWithoutGpg }, () => {
  test("takes what a known key signed and says which; refuses another key and a changed list", async () => {
    await using temp = await makeTempFolder();
    const archive = makeSmallArchive();
    await using signed = await signWith("rsa2048", "SHA512", archive.list);
    archive.files.set("x86_64/setup.ini.sig", readFileSync(signed.signature));
    writeArchive(archive, temp.path);
    const request = fromFolder(temp.path);
    const { sources } = makeSources(temp.path);
    const keys = parseKeys(signed.publicKey);
    const lock = await buildLock(request, { ...sources, keys });
    assert.equal(lock.list.signedBy, signed.fingerprint);
    assert.equal(lock.setup.signedBy, null);

    await assert.rejects(buildLock(request, sources), (error) => {
      assert.ok(error instanceof ToolError);
      assert.match(error.message, /setup\.ini\.sig: signed by a key that is not known here: [0-9A-F]{16}/);
      assert.match(error.hint ?? "", /--keyring FILE.*--unsigned/);
      return true;
    });
    assert.equal((await buildLock(request, { ...sources, unsigned: true })).list.signedBy, null);

    writeFileSync(join(temp.path, "x86_64/setup.ini"), `${archive.list}\n`);
    await assert.rejects(buildLock(request, { ...sources, keys }), /is wrong: the content was changed/);
  });
});

describe("printPrunedList", () => {
  test("prints a list of exactly the locked packages, which setup would all install", async () => {
    await using temp = await makeTempFolder();
    writeArchive(
      makeSmallArchive({
        more: `@ new\nversion: 1\ninstall: n 1 ${"0".repeat(128)}\ndepends2: cygwin (>= 3)\nobsoletes: wget\nprovides: wget, fetch (= 2)\nconflicts: curl (< 1)\n`,
      }),
      temp.path,
    );
    const { sources } = makeSources(temp.path);
    const lock = await buildLock({ ...fromFolder(temp.path), wanted: [...wanted, "wget"] }, sources);
    const names = [...closure, "new"].sort();
    assert.deepEqual(
      lock.packages.map(({ name }) => name),
      names,
    );
    const pruned = parseSetupIni(printPrunedList(lock));
    assert.deepEqual(
      resolvePackages(pruned, [], "10.0.19045").map((each) => each.package.name),
      names,
    );
    const [version] = pruned.packages.find(({ name }) => name === "new")?.versions ?? [];
    assert.deepEqual(version?.provides, [
      { name: "wget" },
      { name: "fetch", constraint: { operator: "=", version: "2" } },
    ]);
  });
});

describe("compareLocks", () => {
  test("names what came, what went and what changed, and nothing where nothing did", async () => {
    await using temp = await makeTempFolder();
    const { sources } = makeSources(temp.path);
    writeArchive(makeSmallArchive(), temp.path);
    const old = await buildLock({ ...fromFolder(temp.path), wanted: ["openssh", "tar"] }, sources);
    writeArchive(makeSmallArchive({ openssh: "10.0p1-1" }), temp.path);
    const now = await buildLock({ ...fromFolder(temp.path), wanted: ["openssh", "wget"] }, sources);
    assert.deepEqual(compareLocks(old, old), []);
    assert.deepEqual(
      compareLocks(old, now).map((line) => line.replaceAll(/[0-9a-f]{12}/g, "HASH")),
      [
        "changed list: a file (2023-11-14, HASH) -> a file (2023-11-14, HASH)",
        "changed wanted: openssh, tar -> openssh, wget",
        "changed openssh 9.9p1-1 -> 10.0p1-1",
        "removed tar 1.35-1",
        "added   wget 1.24-1",
      ],
    );
  });
});

describe("parseLock", () => {
  for (const [text, message] of [
    ["{", /c.lock.json: not a lock/],
    ["{}", /c.lock.json: not a lock that casement wrote/],
    ['{"version":2}', /version is not supported, got 2; allowed: 1/],
  ] as const) {
    test(`refuses ${text}`, () => {
      assert.throws(() => parseLock(text, "c.lock.json"), message);
    });
  }
});

function fromFolder(folder: string): LockRequest {
  return {
    arch: "x86_64",
    windows: "10.0.19045",
    lastDay: null,
    wanted,
    archives: [],
    list: join(folder, "x86_64/setup.ini"),
    setup: join(folder, "setup-x86_64.exe"),
  };
}

function makeSources(folder: string): { sources: Sources; remarks: string[]; progress: Set<string> } {
  const remarks: string[] = [];
  const progress = new Set<string>();
  const sources = {
    cacheFolder: join(folder, "cache"),
    keys: [],
    unsigned: false,
    onRemark: (text: string) => remarks.push(text),
    onProgress: (what: string) => progress.add(what),
  };
  return { sources, remarks, progress };
}

function sha512(content: Uint8Array | undefined): string {
  return createHash("sha512")
    .update(content ?? "")
    .digest("hex");
}

async function packWith(program: string, bytes: Buffer): Promise<Buffer> {
  await using temp = await makeTempFolder();
  const file = join(temp.path, "list");
  writeFileSync(file, bytes);
  await run({ file: program, args: [file] });
  return readFileSync(join(temp.path, readdirSync(temp.path)[0] ?? ""));
}
