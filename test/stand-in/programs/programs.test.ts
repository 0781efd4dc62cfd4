import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import {
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, suite, test } from "node:test";
import { moveDrives } from "../../../src/stand-in/machine/paths.ts";
import { createPrograms } from "../../../src/stand-in/programs/table.ts";
import { runIn } from "./run-program.ts";

let root = "";
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "stand-in-programs-"));
});
afterEach(() => {
  rmSync(root, { recursive: true });
});

test("System32 has a file for each program that the bundle plays, and no other", () => {
  const listed = readFileSync(
    join(import.meta.dirname, "../../../nix/stand-in/files/windows/programs.txt"),
    "utf8",
  )
    .trim()
    .split("\n");
  assert.deepEqual(listed, [...createPrograms().keys()]);
});

suite("reg", () => {
  test("keeps a value and finds it without case", () => {
    assert.equal(run('reg add "HKLM\\SOFTWARE\\A B" /v Name /t REG_DWORD /d 16 /f').code, 0);
    const { code, output } = run('reg query "hklm\\software\\a b" /v NAME');
    assert.equal(code, 0);
    assert.match(output, /Name {4}REG_DWORD {4}0x10/);
  });
  test("does not find what is not there", () => {
    assert.equal(run("reg query HKLM\\SYSTEM\\None").code, 1);
  });
  test("the machine's Path is what logins search", () => {
    const key = '"HKLM\\SYSTEM\\CurrentControlSet\\Control\\Session Manager\\Environment"';
    run(`reg add ${key} /v Path /t REG_EXPAND_SZ /d "%SystemRoot%\\System32;C:\\tools\\a b" /f`);
    const path = readFileSync(join(root, "stand-in/state/path"), "utf8");
    assert.equal(path, "/cygdrive/c/Windows/System32:/cygdrive/c/tools/a b\n");
  });
  const refusals: readonly (readonly [string, RegExp])[] = [
    ["reg add HKXX\\A /v B /f", /Invalid key name/],
    ["reg add HKLM\\A /v B /t REG_WORD /d 1 /f", /Unknown type REG_WORD/],
    ["reg add HKLM\\A /v B /t REG_DWORD /d one /f", /one is no REG_DWORD/],
    ["reg add HKLM\\A /v B /t REG_DWORD /d 4294967296 /f", /is no REG_DWORD/],
    ["reg add HKLM\\A B /v C /f", /Unknown option B/],
    ["reg delete HKLM\\A", /asks a question/],
    ["reg export HKLM\\A", /not played/],
  ];
  for (const [line, reason] of refusals) test(`refuses ${line}`, () => assert.match(fails(line), reason));
});

suite("other programs", () => {
  test("sc knows a stock service, and says 1060 for another", () => {
    assert.equal(run("sc query wuauserv").code, 0);
    assert.equal(run("sc query NoSuchService").code, 1060);
    assert.equal(run("sc config wuauserv start= disabled").code, 0);
    assert.match(fails("sc config wuauserv start=disabled"), /with the blank/);
  });
  test("sc makes a service that starts with the machine, once, and changes its path", () => {
    const create = "sc create sshd binPath= C:\\OpenSSH\\sshd.exe start= auto";
    const file = join(root, "stand-in/state/services/sshd");
    assert.equal(run(create).code, 0);
    assert.equal(readFileSync(file, "utf8"), "program=/cygdrive/c/OpenSSH/sshd.exe\narguments=\n");
    assert.equal(run(create).code, 1073);
    assert.equal(run("sc config sshd binPath= C:\\Other\\sshd.exe start= auto").code, 0);
    assert.match(readFileSync(file, "utf8"), /^program=\/cygdrive\/c\/Other\/sshd\.exe$/m);
  });
  test("icacls leaves a file to SYSTEM and Administrators alone", () => {
    moveDrives(root);
    try {
      const file = join(root, "cygdrive/c/key");
      mkdirSync(join(root, "cygdrive/c"), { recursive: true });
      writeFileSync(file, "", { mode: 0o755 });
      const grants = "/inheritance:r /grant:r *S-1-5-18:F /grant:r *S-1-5-32-544:F";
      assert.equal(run(`icacls C:\\key ${grants}`).code, 0);
      assert.equal(statSync(file).mode & 0o777, 0o600);
      assert.equal(run(`icacls C:\\none ${grants}`).code, 2);
    } finally {
      moveDrives("");
    }
  });
  test("ping answers for this machine", () => {
    assert.equal(run("ping -n 1 127.0.0.1").code, 0);
  });
  test("taskkill ends every process of a name, and says 128 where there is none", async () => {
    const program = join(root, "kill-me.exe");
    writeFileSync(program, "#!/bin/sh\nread -r line\n", { mode: 0o755 });
    const processes = [spawn(program), spawn(program)];
    const ended = processes.map((each) => once(each, "exit"));
    await Promise.all(processes.map((each) => once(each, "spawn")));
    assert.equal(run("taskkill /f /im KILL-ME.EXE").code, 0);
    for (const each of ended) assert.equal((await each)[1], "SIGKILL");
    assert.equal(run("taskkill /f /im kill-me.exe").code, 128);
  });
  test("netsh takes a rule that opens a port", () => {
    const rule = 'name="casement sshd" dir=in action=allow protocol=TCP localport=22';
    assert.equal(run(`netsh advfirewall firewall add rule ${rule}`).code, 0);
  });
  test("net takes a password's age, and no other setting of all accounts", () => {
    assert.equal(run("net accounts /maxpwage:unlimited").code, 0);
    assert.match(fails("net accounts /minpwlen:4"), /maxpwage:DAYS/);
    assert.match(fails("net accounts"), /maxpwage:DAYS/);
  });
  const refusals: readonly (readonly [string, RegExp])[] = [
    ["shutdown /h", /unknown option \/h/],
    ["shutdown /r /s /t 0", /exclude each other/],
    ["shutdown -r -s -t 0", /exclude each other/],
    ["powercfg /change monitor-timeout-ac never", /MINUTES/],
    ["netsh advfirewall set allprofiles state maybe", /stand-in plays/],
    ['netsh advfirewall firewall add rule name="a b" dir=in action=allow protocol=TCP', /stand-in plays/],
    [
      "netsh advfirewall firewall add rule name=a dir=in action=allow protocol=TCP localport=ssh",
      /stand-in plays/,
    ],
    ["getmac /v", /getmac \/v \/fo csv \/nh/],
    ["rundll32 user32.dll,LockWorkStation", /not played/],
    ["find text", /Parameter format not correct/],
    ["findstr a.*b", /regular expression/],
    ["attrib +h x", /attrib -r/],
    ["ping 192.168.0.2", /ping -n COUNT 127\.0\.0\.1/],
    ["icacls C:\\key /grant Everyone:F", /stand-in plays: icacls/],
    ["icacls C:\\key /grant:r *S-1-5-18:F /grant:r *S-1-5-32-544:F", /stand-in plays: icacls/],
    ["tar -xf a.tar", /stand-in plays: tar -cf/],
    ["sc create a binPath= C:\\a.exe start= demand", /create takes/],
    ["sc create a binPath=C:\\a.exe start= auto", /create takes/],
    ["taskkill /im notepad.exe", /taskkill \/f \/im NAME/],
    ["taskkill /f /pid 1", /taskkill \/f \/im NAME/],
    ["cmd", /only "cmd \/c COMMAND"/],
  ];
  for (const [line, reason] of refusals) test(`refuses ${line}`, () => assert.match(fails(line), reason));
});

function fails(line: string): string {
  const { code, output } = run(line);
  assert.notEqual(code, 0, line);
  return output;
}

function run(line: string): { code: number; output: string } {
  return runIn(root, line);
}

suite("xcopy", () => {
  const onC = (path: string): string => join(root, "cygdrive/c", path);
  beforeEach(() => moveDrives(root));
  afterEach(() => moveDrives(""));

  test("copies a folder whole, writable, with links as what they lead to", () => {
    mkdirSync(onC("from/empty"), { recursive: true });
    writeFileSync(onC("from/file"), "text", { mode: 0o444 });
    symlinkSync("file", onC("from/link"));
    const { code, output } = run('xcopy "C:\\from" C:\\to\\deep /e /i /h /q /y');
    assert.deepEqual([code, output], [0, "2 File(s) copied\r\n"]);
    assert.equal(readFileSync(onC("to/deep/link"), "utf8"), "text");
    assert.equal(lstatSync(onC("to/deep/link")).isFile(), true);
    assert.equal(statSync(onC("to/deep/file")).mode & 0o200, 0o200);
    assert.ok(existsSync(onC("to/deep/empty")));
  });

  test("ends with 4 where there is nothing to copy, and refuses other options", () => {
    const { code, output } = run("xcopy C:\\none C:\\to /e /i /h /q /y");
    assert.equal(code, 4);
    assert.match(output, /File not found - C:\\none/);
    assert.match(fails("xcopy C:\\a C:\\b /s"), /the stand-in plays: xcopy/);
  });
});
