// The builder of nix/openssh.nix by itself: what load's `openssh` may be.
import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, test } from "node:test";
import { findProgram, skipWithout } from "../support/external-tools.ts";
import { makeTempFolder, type TempFolder } from "../support/temp-folder.ts";

const builder = join(import.meta.dirname, "../../nix/openssh-folder.mjs");
const programs = ["ssh-keygen.exe", "ssh.exe", "sshd.exe"];

describe("the folder openssh of the medium", { skip: skipWithout(["7zz"]) }, () => {
  let temp: TempFolder;
  beforeEach(async () => {
    temp = await makeTempFolder();
  });
  afterEach(() => temp[Symbol.asyncDispose]());

  /** A folder that holds the programs, and one of the release's subfolders. */
  function release(name: string, files: readonly string[] = [...programs, "libcrypto.dll"]): string {
    const folder = join(temp.path, name);
    mkdirSync(join(folder, "docs"), { recursive: true });
    for (const file of files) writeFileSync(join(folder, file), file);
    return folder;
  }

  function build(given: string): {
    readonly out: string;
    readonly said: string;
    readonly code: number | null;
  } {
    const out = join(temp.path, "out");
    const sevenZip = findProgram("7zz") ?? "";
    const { status, stderr } = spawnSync(process.execPath, [builder], {
      cwd: temp.path,
      env: { given, out, sevenZip },
      encoding: "utf8",
    });
    return { out, said: stderr, code: status };
  }

  const wanted = ["libcrypto.dll", ...programs];

  test("is the files of a folder that somebody unpacked", () => {
    const { out, said, code } = build(release("OpenSSH-Win64"));
    assert.equal(code, 0, said);
    assert.deepEqual(readdirSync(out), wanted);
    assert.equal(readFileSync(join(out, "sshd.exe"), "utf8"), "sshd.exe");
  });

  test("is the files of the one folder in a release's zip", () => {
    release("zip/OpenSSH-Win64");
    const zip = join(temp.path, "OpenSSH-Win64.zip");
    execFileSync("7zz", ["a", zip, "OpenSSH-Win64"], { cwd: join(temp.path, "zip"), stdio: "ignore" });
    const { out, said, code } = build(zip);
    assert.equal(code, 0, said);
    assert.deepEqual(readdirSync(out), wanted);
  });

  test("is refused without one of the programs that the guest's scripts start", () => {
    const { out, said, code } = build(release("client", ["ssh.exe", "ssh-keygen.exe"]));
    assert.equal(code, 1);
    assert.match(said, /client: is no Win32-OpenSSH, because no folder of it has all of sshd\.exe, ssh\.exe/);
    assert.match(said, /release's zip \(not the msi\)/);
    assert.equal(existsSync(out), false);
  });

  test("is refused where it is no archive", () => {
    writeFileSync(join(temp.path, "page.html"), "<html>Not found</html>");
    const { said, code } = build(join(temp.path, "page.html"));
    assert.equal(code, 1);
    assert.match(said, /page\.html: not a zip that 7-Zip can unpack/);
  });
});
