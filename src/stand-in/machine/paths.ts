import { existsSync, readFileSync } from "node:fs";
import { posix } from "node:path";

/** A path or a drive that the stand-in does not have. */
export class NoSuchPath extends Error {
  override readonly name = "NoSuchPath";
}

let root = "";

/** Puts all drives, and Cygwin's tree with them, below a folder; for tests, which have no C: of their own. */
export function moveDrives(folder: string): void {
  root = folder;
}

/** What a name in cmd can stand for beside a file. */
export type Device = "nul" | "con" | "com1";

/** The device that a file name stands for, or undefined; `\\.\COM1` and `COM1` are the same, as on Windows. */
export function deviceOf(path: string): Device | undefined {
  const name = path
    .replace(/^\\\\\.\\/, "")
    .replace(/:$/, "")
    .toLowerCase();
  return name === "nul" || name === "con" || name === "com1" ? name : undefined;
}

/**
 * The Linux path behind a Windows path: C:\x is /cygdrive/c/x, C:\cygwin64 is /. Relative paths start at `cwd` (a Windows path).
 * Names compare without case because the file system below /cygdrive/c folds case itself.
 */
export function toUnix(path: string, cwd: string): string {
  const absolute = toAbsolute(path, cwd);
  const drive = absolute.slice(0, 1).toLowerCase();
  const rest = absolute.slice(3).replaceAll("\\", "/");
  if (drive === "c" && /^cygwin64(\/|$)/i.test(rest))
    return posix.normalize(`${root}/${rest.slice("cygwin64".length + 1)}`);
  const unix = posix.normalize(`${root}/cygdrive/${drive}/${rest}`);
  return unix.length > 1 && unix.endsWith("/") ? unix.slice(0, -1) : unix;
}

/** A Windows path with its drive and without `.` and `..`; backslashes, no trailing one but for a root. */
export function toAbsolute(path: string, cwd: string): string {
  const plain = path.replaceAll("/", "\\");
  if (plain.startsWith("\\\\"))
    throw new NoSuchPath(
      `The network path was not found: ${path} (the stand-in reads shares through drive letters only)`,
    );
  const drive = /^([A-Za-z]):/.exec(plain)?.[1]?.toUpperCase() ?? cwd.slice(0, 1);
  const rest = /^[A-Za-z]:/.test(plain) ? plain.slice(2) : plain;
  const sameDrive = drive === cwd.slice(0, 1).toUpperCase();
  const base = rest.startsWith("\\") ? "" : sameDrive ? cwd.slice(3) : "";
  const names: string[] = [];
  for (const name of `${base}\\${rest}`.split("\\")) {
    if (name === "" || name === ".") continue;
    if (name === "..") names.pop();
    else names.push(name);
  }
  return `${drive}:\\${names.join("\\")}`;
}

/** The Windows path of a Linux path, by Cygwin's mount table: what is mounted nowhere else is below C:\cygwin64, Cygwin's root. */
export function toWindows(unix: string): string {
  const path = withoutRoot(unix);
  const drive = /^\/cygdrive\/([a-z])(?:\/(.*))?$/.exec(path);
  if (drive !== null) return `${drive[1]?.toUpperCase()}:\\${(drive[2] ?? "").replaceAll("/", "\\")}`;
  const mount = mountTable()
    .filter(({ target }) => `${path}/`.startsWith(`${target}/`))
    .toSorted((one, other) => other.target.length - one.target.length)[0];
  const whole = `${mount?.source ?? "C:/cygwin64"}${path === "/" ? "" : path.slice(mount?.target.length ?? 0)}`;
  return (/^[A-Za-z]:$/.test(whole) ? `${whole}/` : whole).replaceAll("/", "\\");
}

interface Mount {
  /** With slashes, and none at the end. */
  readonly source: string;
  readonly target: string;
}

/** What fstab and this session (nix/stand-in/files/windows/stand-in/mount-table) mount, on drives that are there. */
function mountTable(): Mount[] {
  const lines = (file: string): string[] =>
    existsSync(`${root}${file}`) ? readFileSync(`${root}${file}`, "utf8").split("\n") : [];
  return [
    ...lines("/etc/fstab").map((line) => line.split(/\s+/)),
    ...lines("/run/session/mounts").map((line) => line.split("\t")),
  ].flatMap(([source = "", target = ""]) =>
    /^[A-Za-z]:\//.test(source) && existsSync(`${root}/cygdrive/${source.slice(0, 1).toLowerCase()}`)
      ? [{ source: source.replace(/\/$/, ""), target }]
      : [],
  );
}

/** True when a Linux path belongs to Cygwin's tree: its programs take Cygwin's quoting and are found without .exe. */
export function isInCygwin(unix: string): boolean {
  const path = withoutRoot(unix);
  return !path.startsWith("/cygdrive/") && !path.startsWith("/stand-in/");
}

/** PATH of Linux programs from Windows' Path, as Cygwin translates it. */
export function toUnixSearchPath(path: string): string {
  return path
    .split(";")
    .filter((folder) => /^[A-Za-z]:/.test(folder))
    .map((folder) => toUnix(folder, "C:\\"))
    .map((folder) => (folder === "/bin" ? "/usr/bin" : folder))
    .join(":");
}

/** Windows' Path from PATH of a Linux program. */
export function toWindowsSearchPath(path: string): string {
  return path
    .split(":")
    .filter((folder) => folder.startsWith("/"))
    .map(toWindows)
    .join(";");
}

function withoutRoot(path: string): string {
  return root !== "" && path.startsWith(root) ? path.slice(root.length) : path;
}
