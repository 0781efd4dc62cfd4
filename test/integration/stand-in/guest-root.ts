import { spawnSync } from "node:child_process";
import { mkdirSync, readdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { run } from "../../../src/process/run.ts";
import { nixOutput, repository, scratch, skipWithoutNix, toolPkgs } from "../../nix/nix-tool.ts";
import { findProgram, skipWithout } from "../../support/external-tools.ts";

/** A folder with the stand-in's Cygwin as the guest unpacks it, to be entered as a root of its own: no VM, none of the kernel's part. */
export interface GuestRoot extends Disposable {
  /** The folder itself; /work in it is where commands run. */
  readonly path: string;
  /** Runs bash lines as a session of the guest would; what both streams said, stderr's part last. */
  bash(...lines: readonly string[]): { readonly code: number | null; readonly said: string };
}

/** Why no such root can be made here; false where one can. It takes root's rights. */
export const skipWithoutGuestRoot: string | false =
  skipWithoutNix || skipWithout(["unshare", "chroot", "tar", "zstd", "busybox"]) || cannotChroot();

/** Builds the packages by Nix and unpacks those that are named. `wine`: as of casement.lib.standIn. */
export async function makeGuestRoot(wine: boolean, packages: readonly string[]): Promise<GuestRoot> {
  const expression = `let pkgs = ${toolPkgs}; in (import ${repository}/nix/stand-in { inherit pkgs; wine = ${wine}; inherit (import ${repository}/nix/package.nix { inherit pkgs; src = ${repository}; }) standIn; }).cygwin`;
  const options = ["build", "--impure", "--no-link", "--print-out-paths", "--expr", expression];
  const release = join(nixOutput(...options).trim(), "x86_64/release");
  const folder = scratch();
  const path = join(folder.path, "root");
  const folders = [
    "dev",
    "proc",
    "run/session",
    "stand-in/bin",
    "stand-in/applets",
    "tmp",
    "work",
    "cygdrive/c/Windows/System32",
    "cygdrive/c/Windows/Temp",
  ];
  for (const each of folders) mkdirSync(join(path, each), { recursive: true });
  for (const device of ["null", "ttyS0"]) writeFileSync(join(path, "dev", device), "");
  for (const name of packages) {
    const [archive = ""] = readdirSync(join(release, name));
    await run({ file: "tar", args: ["-C", path, "-xf", join(release, name, archive)] });
  }
  writeFileSync(join(path, "etc/fstab"), "S:/ /nix/store ntfs binary 0 0\n");
  writeFileSync(join(path, "etc/passwd"), "build:x:0:0::/:/bin/sh\n");
  await run({ file: "cp", args: [findProgram("busybox") ?? "busybox", join(path, "stand-in/bin/busybox")] });
  const applets = (await run({ file: "busybox", args: ["--list"] })).stdout.split("\n");
  for (const applet of applets.filter((each) => each !== ""))
    symlinkSync("../bin/busybox", join(path, "stand-in/applets", applet));
  return { path, bash: (...lines) => enter(path, lines), [Symbol.dispose]: () => folder[Symbol.dispose]() };
}

/** The mounts of a session, and its environment as far as programs here ask for it. */
const start = `cd "$1"
mount -t proc proc proc
mount --bind /dev/null dev/null
mount -t tmpfs session run/session
mount --bind cygdrive/c cygdrive/c
echo 1 >run/session/leader
exec chroot . /bin/bash -c "cd /work
$2"`;

function enter(path: string, lines: readonly string[]): { code: number | null; said: string } {
  const result = spawnSync(
    "unshare",
    ["-m", "--propagation", "private", "-p", "-f", "sh", "-c", start, "sh", path, lines.join("\n")],
    {
      encoding: "utf8",
      stdio: ["ignore", "pipe", "pipe"],
      timeout: 60_000,
      killSignal: "SIGKILL",
      env: {
        PATH: "/usr/bin:/bin:/usr/sbin:/sbin",
        COMSPEC: "C:\\Windows\\System32\\cmd.exe",
        SYSTEMROOT: "C:\\Windows",
        PATHEXT: ".COM;.EXE;.BAT;.CMD",
      },
    },
  );
  return { code: result.status, said: result.stdout + result.stderr };
}

function cannotChroot(): string | false {
  const tried = spawnSync("unshare", ["-m", "chroot", "/", "/bin/true"], { encoding: "utf8" });
  return tried.status === 0 ? false : `needs root's right to chroot: ${tried.stderr.trim()}`;
}
