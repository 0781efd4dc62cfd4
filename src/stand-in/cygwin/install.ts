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
import type { Chosen } from "../../cygwin/resolve/resolve.ts";
import { ResolveError } from "../../cygwin/resolve/explain.ts";
import { parseSetupIni } from "../../cygwin/setup-ini/parse.ts";
import { SetupIniError } from "../../cygwin/setup-ini/setup-ini-error.ts";
import { runAttached, runCaptured } from "../../process/attached.ts";
import { toUnix } from "../machine/paths.ts";
import { type Call, print } from "../programs/program.ts";
import { parseOptions, type SetupOptions } from "./options.ts";
import { packagesToInstall } from "./packages-to-install.ts";
import { postinstallOrder } from "./postinstall-order.ts";

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
  const packages = choose(list, options);
  if (typeof packages === "string") return fail(call, packages);
  mkdirSync("/var/log", { recursive: true });
  mkdirSync("/etc/setup", { recursive: true });
  const scripts = postinstallScripts();
  for (const each of packages) {
    const fault = install(each, folder);
    if (fault !== undefined) return fail(call, fault);
    const { name } = each.package;
    const { version } = each.version;
    appendFileSync(log, `installed ${name} ${version}\n`);
    appendFileSync("/etc/setup/installed.db", `${name} ${name}-${version}.tar.bz2 1\n`);
    // A Set keeps the order in which the packages brought them.
    for (const script of [...postinstallScripts()].toSorted()) scripts.add(script);
  }
  if (!existsSync("/cygdrive/c/cygwin64")) symlinkSync("/", "/cygdrive/c/cygwin64");
  return runPostinstall(call, [...scripts]);
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

function choose(list: string, options: SetupOptions): readonly Chosen[] | string {
  try {
    return packagesToInstall(parseSetupIni(list), options.packages, options.categories);
  } catch (error) {
    if (error instanceof SetupIniError || error instanceof ResolveError)
      return `setup.ini: ${error.message.replaceAll("\n", "; ")}`;
    throw error;
  }
}

/** The fault, or undefined when the archive is unpacked. */
function install(each: Chosen, folder: string): string | undefined {
  const { name } = each.package;
  const { path, size, hash } = each.version.install;
  const file = `${folder}/${path}`;
  if (!existsSync(file)) return `${name}: ${path} is not in the package folder`;
  const bytes = readFileSync(file);
  const sum = createHash(hash.kind).update(bytes).digest("hex");
  if (bytes.length !== size) return `${name}: ${path} has ${bytes.length} bytes, setup.ini says ${size}`;
  if (sum !== hash.hex)
    return `${name}: ${path} has another ${hash.kind} than setup.ini says (${sum.slice(0, 16)}…)`;
  const kind = /\.tar\.(zst|xz|bz2|gz)$/.exec(path)?.[1];
  if (kind === undefined) return `${name}: ${path} is no tar archive that setup knows`;
  const letter = { xz: "J", bz2: "j", gz: "z" }[kind] ?? "";
  const tar = {
    file: "/stand-in/applets/tar",
    args: [`-x${letter}f`, letter === "" ? "-" : file, "-C", "/"],
  };
  runCaptured(tar, letter === "" ? zstdDecompressSync(bytes) : undefined);
  return undefined;
}

/** Names in /etc/postinstall that have not run yet. */
function postinstallScripts(): Set<string> {
  const folder = "/etc/postinstall";
  return new Set(existsSync(folder) ? readdirSync(folder).filter((name) => !name.endsWith(".done")) : []);
}

/** Scripts that packages leave in /etc/postinstall; each runs once, under the new bash, but for permanent ones. */
function runPostinstall(call: Call, unpacked: readonly string[]): number {
  const folder = "/etc/postinstall";
  for (const { name, permanent } of postinstallOrder(unpacked)) {
    const code = runAttached(
      {
        file: "/usr/bin/bash",
        args: ["--norc", "--noprofile", `${folder}/${name}`],
        env: { PATH: "/usr/bin", HOME: "/" },
      },
      call.handles,
    );
    if (code !== 0) return fail(call, `${name} ended with ${code}`);
    if (!permanent) renameSync(`${folder}/${name}`, `${folder}/${name}.done`);
  }
  return 0;
}

function fail(call: Call, reason: string): number {
  print(call.handles.stderr, `setup-x86_64 (stand-in): ${reason}`);
  mkdirSync("/var/log", { recursive: true });
  appendFileSync(log, `${reason}\n`);
  return 1;
}
