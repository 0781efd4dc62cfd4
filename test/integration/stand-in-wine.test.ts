import assert from "node:assert/strict";
import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, suite, test } from "node:test";
import { run } from "../../src/process/run.ts";
import { skipWithout } from "../support/external-tools.ts";
import { type GuestRoot, makeGuestRoot, skipWithoutGuestRoot } from "./stand-in/guest-root.ts";

const compiler = "x86_64-w64-mingw32-gcc";
const skip = skipWithoutGuestRoot || skipWithout([compiler]);
const packages = "bash base-cygwin coreutils cygwin grep hostname sed stand-in-wine".split(" ");

// In the guest the kernel starts windows-program for such files; here it is called by its name.
suite("the stand-in runs Windows programs under Wine", { skip }, () => {
  let root: GuestRoot;
  before(async () => {
    root = await makeGuestRoot(true, packages);
    // What its postinstall script does.
    symlinkSync("/", join(root.path, "cygdrive/c/cygwin64"));
    const work = join(root.path, "work");
    const compile = (...args: readonly string[]) => run({ file: compiler, args, cwd: work });
    await compile(join(import.meta.dirname, "stand-in/windows-program.c"), "-o", "p.exe");
    writeFileSync(join(work, "answer.c"), "int answer(void) { return 42; }\n");
    writeFileSync(join(work, "asks.c"), "int answer(void);\nint main(void) { return answer(); }\n");
    mkdirSync(join(work, "lib"));
    await compile("-shared", "answer.c", "-o", "lib/answer.dll");
    await compile("asks.c", "-o", "asks.exe", "lib/answer.dll");
  });
  after(() => {
    root[Symbol.dispose]();
  });

  /** Runs lines in which `w` starts a Windows program; what was said, stderr's part last. */
  function session(...lines: readonly string[]): string[] {
    const { code, said } = root.bash('w() { /usr/libexec/windows-program "$@"; }', ...lines);
    const all = said.replaceAll("\r\n", "\n").split("\n").slice(0, -1);
    return code === 0 ? all : [...all, `ended with ${code}`];
  }

  test("with its arguments, files and code, and says so once", () => {
    const said = session(
      `w ./p.exe arguments 'a b' 'c"d' '' 'e\\' '%PATH%' '*'`,
      "printf 'one\\ntwo\\n' | w p.exe copy 2>err; cat err",
      "w p.exe exit 7; echo code $?; cat /dev/ttyS0",
    );
    const printed = [
      "[a b]",
      '[c"d]',
      "[]",
      "[e\\]",
      "[%PATH%]",
      "[*]",
      "> one",
      "> two",
      "copied",
      "code 7",
    ];
    assert.deepEqual(said, [...printed, "casement stage=windows-programs-run-under-wine"]);
  });

  test("and keeps all 32 bits of the code for cmd", () => {
    const codes = ["0", "256", "3221225477"];
    const said = session(
      ...codes.map((code) => `STAND_IN_EXIT_CODE=/tmp/code w p.exe exit ${code}; echo "$? $(cat /tmp/code)"`),
    );
    assert.deepEqual(
      said,
      codes.map((code) => `0 ${code}`),
    );
  });

  test("whose paths are those of Windows, by Cygwin's mount table", () => {
    // As an output of a build is mounted: below the store for Cygwin, and on C: in fact.
    const said = session(
      "mkdir -p /cygdrive/c/out/bin /cygdrive/s/input /nix/store",
      'mount() { /stand-in/applets/mount "$@"; }',
      "mount --bind /cygdrive/s /nix/store; mkdir -p /nix/store/hash-out; mount --bind /cygdrive/c/out /nix/store/hash-out",
      "printf 'C:/out\\t/nix/store/hash-out\\tbinary\\t-\\t-\\t/cygdrive/c/out\\n' >/run/session/mounts",
      "cp p.exe /nix/store/hash-out/bin; cp p.exe /nix/store/input; echo >/cygdrive/c/out/file",
      "cd /nix/store/hash-out; w bin/p.exe where file",
      "cd /nix/store/input; w ./p.exe where C:/out/file",
      "cd /work; w p.exe where 'C:\\cygwin64\\etc\\fstab'",
      "mkdir /cygdrive/c/out/later; mount -t tmpfs later /cygdrive/c/out/later; echo >/cygdrive/c/out/later/file; w p.exe where c:/out/later/file",
    );
    const one = (folder: string, file: string): string[] => [`in ${folder}`, `is ${file}`, "reads"];
    const inCygwin = one("C:\\cygwin64\\work", "C:\\cygwin64\\work\\p.exe");
    const output = one("C:\\out", "C:\\out\\bin\\p.exe");
    assert.deepEqual(said, [output, one("S:\\input", "S:\\input\\p.exe"), inCygwin, inCygwin].flat());
  });

  test("with libraries beside them or on PATH, and without them says which", () => {
    const [without = "", ...said] = session(
      "w asks.exe 2>&1 | head -n 1",
      "PATH=$PWD/lib:$PATH; w asks.exe; echo $?",
      "mkdir beside; cp asks.exe lib/answer.dll beside; PATH=/usr/bin; w beside/asks.exe; echo $?",
    );
    assert.match(without, /Library answer\.dll .* not found/);
    assert.deepEqual(said, ["42", "42"]);
  });

  test("which start others, by Wine's cmd.exe", () => {
    const said = session("w p.exe system 'p.exe exit 9'; w p.exe system 'echo two&exit 300'");
    assert.deepEqual(said, ["system: 9", "two", "system: 300"]);
  });

  test("whose readers do not wait for Wine's server, which ends with the session", () => {
    const started = performance.now();
    const said = session(
      "sleep 1000 & echo $! >/run/session/leader",
      'x=$(w p.exe arguments one 2>&1); echo "$x"',
      "servers() { grep -l ^wineserver /proc/[0-9]*/comm | wc -l; }; servers",
      "kill %1; while [ $(servers) != 0 ]; do sleep 0.2; done; echo gone",
    );
    assert.deepEqual(said.slice(0, 3), ["[one]", "1", "gone"]);
    assert.ok(performance.now() - started < 20_000);
  });

  test("and says of other files with their first two letters that they are none", () => {
    const said = session(
      "echo MZ >junk.exe; w junk.exe; echo $?",
      "rm -f /tmp/code; STAND_IN_EXIT_CODE=/tmp/code w junk.exe; echo $?; ls /tmp/code 2>/dev/null",
    );
    // The second would have left its code, had it run.
    assert.deepEqual(said.slice(0, 2), ["126", "193"]);
    assert.match(said[2] ?? "", /junk\.exe: not a program for Windows on amd64/);
  });
});
