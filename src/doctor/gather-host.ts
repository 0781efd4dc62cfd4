import { existsSync } from "node:fs";
import { readFile, statfs } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { HostFacts, NixFacts, Room } from "./facts.ts";
import { nixVersion } from "./nix-version.ts";

/** Reads what the machine is and has; what cannot be read is null or empty. `root` is the file system's, another one in tests. */
export async function gatherHost(
  nix: NixFacts | undefined,
  env: Readonly<Record<string, string | undefined>>,
  root = "/",
): Promise<HostFacts> {
  const text = (path: string): Promise<string> => readFile(join(root, path), "utf8").catch(() => "");
  return {
    system: `${architectures[process.arch] ?? process.arch}-${process.platform}`,
    uid: process.getuid?.() ?? -1,
    gids: process.getgroups?.() ?? [],
    groups: readGroups(await text("etc/group")),
    memory: readMemory(await text("proc/meminfo")),
    storeRoom: nix === undefined ? null : await roomIn("/nix/store"),
    buildRoom: nix === undefined ? null : await roomIn(buildFolder(nix, env)),
  };
}

const architectures: Readonly<Partial<Record<string, string>>> = { x64: "x86_64", arm64: "aarch64" };

/** NAME:x:GID:MEMBERS */
function readGroups(text: string): Map<string, number> {
  return new Map(
    [...text.matchAll(/^([^:\n]+):[^:\n]*:(\d+):/gm)].map(([, name = "", gid]) => [name, Number(gid)]),
  );
}

function readMemory(text: string): HostFacts["memory"] {
  const mebibytes = (field: string): number | undefined => {
    const kibibytes = new RegExp(`^${field}:\\s*(\\d+) kB$`, "m").exec(text)?.[1];
    return kibibytes === undefined ? undefined : Math.floor(Number(kibibytes) / 1024);
  };
  const [totalMiB, availableMiB] = [mebibytes("MemTotal"), mebibytes("MemAvailable")];
  return totalMiB === undefined || availableMiB === undefined ? null : { totalMiB, availableMiB };
}

/** Where Nix works: since 2.30 below its own state, before that in the temporary folder of whoever builds. */
function buildFolder(
  { version, settings, storeUrl }: NixFacts,
  env: Readonly<Record<string, string | undefined>>,
): string {
  if (settings?.buildDir !== undefined && settings.buildDir !== null) return settings.buildDir;
  const [major, minor] = nixVersion(version) ?? [0, 0];
  if (major > 2 || minor >= 30) return "/nix/var/nix/builds";
  return storeUrl === "daemon" ? "/tmp" : (env["TMPDIR"] ?? "/tmp");
}

/** Room for somebody who is not root in the file system of a folder, or of the first one above it that is there. */
async function roomIn(folder: string): Promise<Room | null> {
  let there = folder;
  while (!existsSync(there) && there !== dirname(there)) there = dirname(there);
  try {
    const { bavail, bsize } = await statfs(there);
    return { folder, freeMiB: Math.floor((bavail * bsize) / 2 ** 20) };
  } catch {
    return null;
  }
}
