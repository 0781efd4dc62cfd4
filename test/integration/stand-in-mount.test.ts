import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, suite, test } from "node:test";
import { skipWithout } from "../support/external-tools.ts";

const files = join(import.meta.dirname, "../../nix/stand-in/files");
const output = "/nix/store/00000000000000000000000000000000-hello";

// Real mounts, in a mount namespace of this machine: the share is a folder that cannot be written, as the guest's S: cannot.
suite("the stand-in's mount", { skip: skipWithout(["unshare"]) || cannotMount() }, () => {
  let root = "";
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), "stand-in-mount-"));
    for (const folder of [
      "bin",
      "cygdrive/c/out",
      "run/session",
      "etc",
      "nix/store",
      "tmp/xchg",
      "share/nixstore/other",
      "share/xchg",
    ])
      mkdirSync(join(root, folder), { recursive: true });
    mkdirSync(join(root, "stand-in/state"), { recursive: true });
    writeFileSync(
      join(root, "etc/fstab"),
      "none /cygdrive cygdrive binary 0 0\nS:/ /nix/store ntfs binary,noacl 0 0\nX:/ /tmp/xchg ntfs binary 0 0\n",
    );
    writeFileSync(join(root, "cygdrive/c/out/file"), "built\n");
    program(
      "mount",
      `mount() { command -p mount "$@"; }
[ "$1 $2" = '-t cifs' ] || { mount "$@"; exit; }
mount --bind "$STAND_IN_ROOT/share/\${3##*/}" "$4" && case $3 in */nixstore) mount -o remount,bind,ro "$4" ;; esac`,
    );
    program("mount-table", `exec sh ${files}/windows/stand-in/mount-table "$@"`);
    for (const name of ["mount", "umount", "cygpath"])
      program(`cyg-${name}`, `exec bash ${files}/cygwin/bin/${name} "$@"`);
    program("net", `exec sh ${files}/windows/System32/net.exe "$@"`);
  });
  afterEach(() => {
    rmSync(root, { recursive: true });
  });

  function program(name: string, body: string): void {
    writeFileSync(join(root, "bin", name), `#!/bin/sh\n${body}\n`, { mode: 0o755 });
  }

  /** Runs bash lines in a session with both drives; the lines of both streams, of which stderr's come last. */
  function session(...lines: readonly string[]): string[] {
    const start = [
      "set -e",
      "net use S: '\\\\server\\nixstore' secret /user:build >/dev/null",
      "net use X: '\\\\server\\xchg' secret /user:build >/dev/null",
      'cd "$STAND_IN_ROOT"',
    ];
    const result = spawnSync(
      "unshare",
      ["-m", "--propagation", "private", "bash", "-c", [...start, ...lines].join("\n")],
      {
        encoding: "utf8",
        stdio: ["ignore", "pipe", "pipe"],
        env: {
          PATH: `${join(root, "bin")}:${process.env["PATH"]}`,
          STAND_IN_ROOT: root,
          STAND_IN_SESSION: "password",
          USERNAME: "build",
        },
      },
    );
    const said = (result.stdout + result.stderr).replaceAll(root, "").split("\n").slice(0, -1);
    return result.status === 0 ? said : [...said, `ended with ${result.status}`];
  }

  const put = `cyg-mount -f -o binary,acl C:/out ${output}`;

  test("puts a folder of C: into the store, which itself stays as it is", () => {
    const said = session(
      put,
      `echo more >.${output}/more`,
      "cat cygdrive/c/out/more",
      "ls nix/store",
      "ls cygdrive/s",
      "find nix/store -type f | sort",
      `readlink -f nix/store/*-hello/file`,
      "touch nix/store/new 2>&1 | sed 's/.*: //'",
    );
    assert.deepEqual(said, [
      "more",
      "00000000000000000000000000000000-hello",
      "other",
      "other",
      `${output.slice(1)}/file`,
      `${output.slice(1)}/more`,
      `${output}/file`,
      "Read-only file system",
    ]);
  });

  test("takes several, and a place outside of the drives; umount takes the folders away that it made", () => {
    const said = session(
      "mkdir cygdrive/c/dev",
      `${put}; cyg-mount -f C:\\\\dev\\\\ ${output}-dev; cyg-mount -f X:/ /build/deep`,
      "ls nix/store",
      "echo here >build/deep/file; cat tmp/xchg/file",
      `cyg-umount ${output}-dev; cyg-umount /build/deep/`,
      "ls nix/store; ls",
      "cyg-umount -U; ls nix/store",
    );
    const kept = ["bin", "cygdrive", "etc", "nix", "run", "share", "stand-in", "tmp"];
    const [one, two] = [output, `${output}-dev`].map((path) => path.slice("/nix/store/".length));
    assert.deepEqual(said, [one, two, "other", "here", one, "other", ...kept, "other"]);
  });

  test("leaves nothing where the drive goes, and the drive comes back as it was", () => {
    const said = session(
      put,
      "net use S: /delete >/dev/null",
      "ls nix/store; cyg-mount | grep hello || true; grep overlay /proc/self/mounts || true; ls run/session",
      "net use S: '\\\\server\\nixstore' secret /user:build >/dev/null",
      `ls nix/store; ${put}; ls nix/store; net use '*' /delete /y >/dev/null`,
      'grep " $STAND_IN_ROOT" /proc/self/mounts || true; find nix build 2>/dev/null || true',
    );
    const left = ["connections", "mounts", "other", output.slice("/nix/store/".length), "other"];
    assert.deepEqual(said, [...left, "nix", "nix/store"]);
  });

  test("takes folders that are not there yet: what is made at one path is at the other", () => {
    const names = ["00000000000000000000000000000000-hello", "11111111111111111111111111111111-hello-dev"];
    const said = session(
      "mkdir -p cygdrive/c/nix/store",
      ...names.map((name) => `cyg-mount -f -o binary C:/nix/store/${name} /nix/store/${name}`),
      "ls nix/store",
      `mkdir nix/store/${names[0]}; echo a file >nix/store/${names[1]}`,
      `echo more >cygdrive/c/nix/store/${names[0]}/native; cat nix/store/${names[0]}/native`,
      `tar -c -C cygdrive/c/nix/store ${names.join(" ")} | tar -t`,
      `cyg-cygpath -w /nix/store/${names[0]}/bin`,
      `cyg-umount /nix/store/${names[1]}; cyg-mount | grep -c nix/store/`,
      "net use '*' /delete /y >/dev/null",
      'grep " $STAND_IN_ROOT" /proc/self/mounts || true; ls nix/store cygdrive/c/nix/store run/session',
    );
    assert.deepEqual(said, [
      "other",
      "more",
      `${names[0]}/`,
      `${names[0]}/native`,
      names[1],
      `C:\\nix\\store\\${names[0]}\\bin`,
      "1",
      "cygdrive/c/nix/store:",
      "",
      "nix/store:",
      "",
      "run/session:",
      "connections",
      "mounts",
    ]);
  });

  test("shows the table as Cygwin does, also for fstab, and cygpath goes by it", () => {
    const said = session(
      "mkdir 'cygdrive/c/a b'",
      `${put}; cyg-mount -f -o noacl,posix=0,user 'C:/a b' '/mnt/a b'`,
      "cyg-mount; cyg-mount -m; cyg-mount -p",
      `cyg-cygpath -w ${output}/bin /nix/store/x '/mnt/a b' /tmp; cyg-cygpath -u 'c:\\OUT\\bin' S:/x`,
    );
    assert.deepEqual(said, [
      "C:/cygwin64 on / type stand-in (binary,auto)",
      "S: on /nix/store type stand-in (binary,noacl)",
      "X: on /tmp/xchg type stand-in (binary)",
      `C:/out on ${output} type stand-in (binary,user)`,
      "C:/a b on /mnt/a b type stand-in (binary,noacl,posix=0,user)",
      ...["c", "s", "x"].map(
        (letter) =>
          `${letter.toUpperCase()}: on /cygdrive/${letter} type stand-in (binary,posix=0,user,noumount,auto)`,
      ),
      "S: /nix/store stand-in binary,noacl 0 0",
      "X: /tmp/xchg stand-in binary 0 0",
      `C:/out ${output} stand-in binary,user 0 0`,
      "C:/a\\040b /mnt/a\\040b stand-in binary,noacl,posix=0,user 0 0",
      "none /cygdrive cygdrive binary,posix=0,user 0 0",
      "Prefix              Type         Flags",
      "/cygdrive           user         binmode",
      "C:\\out\\bin",
      "S:\\x",
      "C:\\a b",
      "C:\\cygwin64\\tmp",
      `${output}/bin`,
      "/nix/store/x",
    ]);
  });

  test("warns as Cygwin's does without -f, and replaces an entry of the session's own", () => {
    const said = session(
      `mkdir share/xchg/f; cyg-mount X:/f ${output}; ${put}; ls nix/store/*-hello; cyg-mount | grep -c hello`,
    );
    assert.deepEqual(said, [
      "file",
      "1",
      `mount: warning - ${output} does not exist.`,
      "mount: defaulting to 'notexec' mount option for speed since native path",
      "       references a remote share.  Use '-f' option to override.",
    ]);
  });

  const refusals: readonly (readonly [command: string, reason: string])[] = [
    [`cyg-mount -o binary,wide C:/out ${output}`, "mount: invalid option - 'wide'"],
    [`cyg-mount -o exec,notexec C:/out ${output}`, "mount: invalid combination of executable options"],
    ["cyg-mount C:/out /nix/store", "mount: /nix/store: Operation not permitted"],
    ["cyg-mount C:/out relative", "mount: relative: Invalid argument"],
    [`cyg-mount out ${output}`, `mount: ${output}: Invalid argument`],
    ["cyg-umount /nix/store", "umount: /nix/store: Operation not permitted"],
    ["cyg-umount /not/there", "umount: /not/there: Invalid argument"],
    [`cyg-mount -o text C:/out ${output}`, "mount: the option text is not played by the stand-in"],
    [
      `cyg-mount C:/none ${output}`,
      "mount: a folder that is not there (C:/none) is not played by the stand-in",
    ],
    ["cyg-mount -a", "mount: -a is not played by the stand-in"],
    ["cyg-mount /nix/store", "mount: a mount of fstab (/nix/store) is not played by the stand-in"],
  ];
  for (const [command, reason] of refusals) {
    test(`refuses ${command}`, () => {
      const [said = "", end, ...more] = session(command);
      assert.ok(said.startsWith(reason), said);
      assert.deepEqual([end, ...more], ["ended with 1"]);
    });
  }
});

/** Why mounts cannot be tried; false where they can. */
function cannotMount(): string | false {
  const tried = spawnSync("unshare", ["-m", "mount", "--bind", "/tmp", "/tmp"], { encoding: "utf8" });
  return tried.status === 0 ? false : `needs root's right to mount: ${tried.stderr.trim()}`;
}
