import { createHash } from "node:crypto";
import {
  appendFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  renameSync,
  symlinkSync,
} from "node:fs";
import { zstdDecompressSync } from "node:zlib";
import { runAttached, runCaptured } from "../../process/attached.ts";
import { toUnix } from "../machine/paths.ts";
import { type Call, print } from "../programs/program.ts";
import { parseOptions } from "./options.ts";
import { type CygwinPackage, parsePackageList, resolvePackages } from "./package-list.ts";

const log = "/var/log/setup.log";

/** setup-x86_64.exe on the stand-in: installs from a local folder for real. 0 done, 1 anything else; reasons go to stderr and setup.log. */
export function installCygwin(call: Call): number {
  const options = parseOptions(call.args);
  if (typeof options === "string") return fail(call, options);
  if (!options.unattended) return fail(call, "without -q setup asks questions");
  if (!options.localInstall || options.packageFolder === undefined)
    return fail(call, "there is no network to install from: -L and -l FOLDER are needed");
  if (!/^c:\\cygwin64\\?$/i.test(options.root ?? ""))
    return fail(call, `-R has to be C:\\cygwin64 on the stand-in, got ${options.root ?? "nothing"}`);
  if (!options.noVerify) return fail(call, "setup.ini has no signature: -X is needed");
  const folder = toUnix(options.packageFolder, call.cwd);
  const list = loadList(folder);
  if (list === undefined) return fail(call, `no setup.ini in ${options.packageFolder}\\x86_64`);
  const packages = resolvePackages(parsePackageList(list), options.packages, options.categories);
  if (typeof packages === "string") return fail(call, packages);
  mkdirSync("/var/log", { recursive: true });
  mkdirSync("/etc/setup", { recursive: true });
  for (const each of packages) {
    const fault = install(each, folder);
    if (fault !== undefined) return fail(call, fault);
    appendFileSync(log, `installed ${each.name} ${each.version}\n`);
    appendFileSync("/etc/setup/installed.db", `${each.name} ${each.name}-${each.version}.tar.bz2 1\n`);
  }
  if (!existsSync("/cygdrive/c/cygwin64")) symlinkSync("/", "/cygdrive/c/cygwin64");
  return runPostinstall(call);
}

/** The list that setup would take: compressed ones come first. */
function loadList(folder: string): string | undefined {
  for (const ending of ["zst", "xz", "bz2", "ini"]) {
    const file = `${folder}/x86_64/setup.${ending}`;
    if (!existsSync(file)) continue;
    if (ending === "ini") return readFileSync(file, "utf8");
    if (ending === "zst") return zstdDecompressSync(readFileSync(file)).toString("utf8");
    return runCaptured({
      file: `/stand-in/applets/${ending === "xz" ? "xz" : "bzip2"}`,
      args: ["-dc", file],
    });
  }
  return undefined;
}

/** The fault, or undefined when the archive is unpacked. */
function install(each: CygwinPackage, folder: string): string | undefined {
  if (each.archive === undefined) return undefined;
  const file = `${folder}/${each.archive.path}`;
  if (!existsSync(file)) return `${each.name}: ${each.archive.path} is not in the package folder`;
  const bytes = readFileSync(file);
  const sum = createHash("sha512").update(bytes).digest("hex");
  if (bytes.length !== each.archive.bytes)
    return `${each.name}: ${each.archive.path} has ${bytes.length} bytes, setup.ini says ${each.archive.bytes}`;
  if (sum !== each.archive.sha512)
    return `${each.name}: ${each.archive.path} has another sha512 than setup.ini says (${sum.slice(0, 16)}…)`;
  const kind = /\.tar\.(zst|xz|bz2|gz)$/.exec(each.archive.path)?.[1];
  if (kind === undefined) return `${each.name}: ${each.archive.path} is no tar archive that setup knows`;
  const letter = { xz: "J", bz2: "j", gz: "z" }[kind] ?? "";
  const tar = {
    file: "/stand-in/applets/tar",
    args: [`-x${letter}f`, letter === "" ? "-" : file, "-C", "/"],
  };
  runCaptured(tar, letter === "" ? zstdDecompressSync(bytes) : undefined);
  return undefined;
}

/** Scripts that packages leave in /etc/postinstall; each runs once, under the new bash. */
function runPostinstall(call: Call): number {
  const folder = "/etc/postinstall";
  const scripts = existsSync(folder)
    ? readdirSync(folder)
        .filter((name) => name.endsWith(".sh"))
        .sort()
    : [];
  for (const script of scripts) {
    const code = runAttached(
      {
        file: "/usr/bin/bash",
        args: ["--norc", "--noprofile", `${folder}/${script}`],
        env: { PATH: "/usr/bin", HOME: "/" },
      },
      call.handles,
    );
    if (code !== 0) return fail(call, `${script} ended with ${code}`);
    renameSync(`${folder}/${script}`, `${folder}/${script}.done`);
  }
  return 0;
}

function fail(call: Call, reason: string): number {
  print(call.handles.stderr, `setup-x86_64 (stand-in): ${reason}`);
  mkdirSync("/var/log", { recursive: true });
  appendFileSync(log, `${reason}\n`);
  return 1;
}
