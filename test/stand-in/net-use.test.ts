import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, suite, test } from "node:test";

const net = join(import.meta.dirname, "../../nix/stand-in/files/windows/System32/net.exe");
const server = "\\\\192.168.0.2";
let root = "";

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "net-use-"));
  for (const folder of ["bin", "cygdrive/c", "run/session", "etc", "stand-in/state"])
    mkdirSync(join(root, folder), { recursive: true });
  writeFileSync(join(root, "stand-in/state/credentials"), "secret");
  writeFileSync(
    join(root, "etc/fstab"),
    "none /cygdrive cygdrive binary 0 0\nS:/ /nix/store ntfs binary 0 0\nX:/ /tmp/xchg ntfs binary 0 0\n",
  );
  // The share "nope" is not there, and only "secret" is a password.
  program(
    "mount",
    `echo "mount $*" >>"$STAND_IN_ROOT/calls"
[ "$1 $2" = '-t cifs' ] || exit 0
fail() { echo "mount: mounting $1 failed: $2" >&2; exit 255; }
case $3 in */nope) fail "$3" 'No such file or directory' ;; //away/*) fail "$3" 'No route to host' ;; esac
case $6 in *,pass=secret,*) ;; *) fail "$3" 'Permission denied' ;; esac`,
  );
  program("umount", `echo "umount $*" >>"$STAND_IN_ROOT/calls"`);
});

afterEach(() => {
  rmSync(root, { recursive: true });
});

suite("net use", () => {
  test("maps a letter and shows the mount points that fstab declares on it", () => {
    assert.equal(
      use("password", "X:", `${server}\\xchg`, "/user:build", "secret", "/persistent:no").status,
      0,
    );
    assert.match(
      calls(),
      /^mount -t cifs \/\/192\.168\.0\.2\/xchg \S*\/cygdrive\/x -o username=build,pass=secret,vers=3\.1\.1,\S*$/m,
    );
    assert.match(calls(), /^mount --bind \S*\/cygdrive\/x \S*\/tmp\/xchg$/m);
    assert.match(use("password").output, /X: {8}\\\\192\.168\.0\.2\\xchg/);
  });

  test("takes the session's own credentials where the login was made by password", () => {
    assert.equal(use("password", "X:", `${server}\\xchg`).status, 0);
    assert.match(calls(), /username=build,pass=secret,/m);
  });

  test("gives a key login no credentials and no letter, but a connection with a password of its own", () => {
    assert.match(failed("key", "X:", `${server}\\xchg`, "secret", "/user:build"), /System error 1312 /);
    assert.match(failed("key", `${server}\\xchg`), /System error 1312 /);
    assert.equal(use("key", `${server}\\xchg`, "secret", "/user:build").status, 0);
  });

  test("refuses a second user for one server with 1219, and takes the same one", () => {
    use("password", "S:", `${server}\\nixstore`, "secret", "/user:build");
    assert.match(failed("password", "X:", `${server}\\xchg`, "secret", "/user:other"), /System error 1219 /);
    assert.equal(use("password", "X:", `${server}\\xchg`, "secret", "/user:BUILD").status, 0);
  });

  const refusals: readonly (readonly [string, readonly string[], RegExp])[] = [
    ["a letter in use", ["C:", `${server}\\xchg`], /System error 85 /],
    ["a wrong password", ["X:", `${server}\\xchg`, "wrong", "/user:build"], /System error 1326 /],
    ["a share that is not there", ["X:", `${server}\\nope`], /System error 67 /],
    ["a server that is not there", ["X:", "\\\\away\\xchg"], /System error 53 /],
    [
      "a password that cannot be played",
      ["X:", `${server}\\xchg`, "a,b", "/user:build"],
      /System error 59 [^]*comma/,
    ],
    ["an option that is unknown", ["X:", `${server}\\xchg`, "/savecred"], /unknown option, got \/savecred/],
    [
      "a connection that would be remembered",
      ["X:", `${server}\\xchg`, "/persistent:yes"],
      /outlive its session/,
    ],
    ["a word too many", ["X:", `${server}\\xchg`, "secret", "more"], /unexpected more/],
    ["deleting what is not mapped", ["X:", "/delete", "/y"], /could not be found/],
  ];
  for (const [title, args, reason] of refusals) {
    test(`refuses ${title}`, () => {
      assert.match(failed("password", ...args), reason);
    });
  }

  test("unmaps one letter or all, and forgets them", () => {
    use("password", "S:", `${server}\\nixstore`);
    use("password", "X:", `${server}\\xchg`);
    assert.match(failed("password", "*", "/delete"), /asks a question without \/y/);
    assert.equal(use("password", "X:", "/delete", "/y").status, 0);
    assert.match(calls(), /^umount \S*\/tmp\/xchg$/m);
    assert.equal(use("password", "*", "/delete", "/y").status, 0);
    assert.match(use("password").output, /There are no entries in the list/);
    assert.ok(!existsSync(join(root, "cygdrive/s")));
  });
});

function program(name: string, body: string): void {
  writeFileSync(join(root, "bin", name), `#!/bin/sh\n${body}\n`, { mode: 0o755 });
}

function use(kind: string, ...args: readonly string[]): { status: number | null; output: string } {
  const result = spawnSync("sh", [net, "use", ...args], {
    encoding: "utf8",
    env: {
      PATH: `${join(root, "bin")}:${process.env["PATH"]}`,
      STAND_IN_ROOT: root,
      STAND_IN_SESSION: kind,
      USERNAME: "build",
    },
  });
  return { status: result.status, output: result.stdout + result.stderr };
}

function failed(kind: string, ...args: readonly string[]): string {
  const { status, output } = use(kind, ...args);
  assert.notEqual(status, 0);
  return output;
}

function calls(): string {
  return readFileSync(join(root, "calls"), "utf8");
}
