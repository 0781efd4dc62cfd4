import { createHash } from "node:crypto";
import { basename, dirname, resolve } from "node:path";
import { ToolError } from "../../errors.ts";
import { type CygwinLock, lockSchema, type LockedPackage, lockVersion } from "../lock-schema.ts";
import { ResolveError } from "../resolve/explain.ts";
import { type Chosen, resolvePackages } from "../resolve/resolve.ts";
import { type Dependency, formatDependency } from "../setup-ini/setup-ini.ts";
import { compareVersions } from "../versions.ts";
import { findSha512, type PackagePlaces } from "./package-hashes.ts";
import { type Arch, findList, readList, type ReadList } from "./read-list.ts";
import { checkSignature, isUrl, needSource, type Sources } from "./sources.ts";

/** What a lock is made of. */
export interface LockRequest {
  readonly arch: Arch;
  /** Version of the Windows that the packages are for, such as `10.0.19045`. */
  readonly windows: string;
  /** Day (YYYY-MM-DD) of the newest Cygwin that runs on that Windows; null where the current one does. */
  readonly lastDay: string | null;
  /** Beside the category Base. */
  readonly wanted: readonly string[];
  /** Addresses of the archive, all of the same one; may be empty where `list` is a file. */
  readonly archives: readonly string[];
  /** File or address of the list; undefined: the archive's own. */
  readonly list: string | undefined;
  /** File or address of setup-x86_64.exe or setup-x86.exe. */
  readonly setup: string;
}

/** Reads list and setup program, resolves, and returns the lock. Throws ToolError. */
export async function buildLock(request: LockRequest, sources: Sources): Promise<CygwinLock> {
  const read = await readRequestedList(request, sources);
  refuseNewCygwin(request, read);
  const setup = await readSetup(request.setup, sources);
  refuseOldSetup(setup, read);
  const chosen = resolveOrExplain(read, request);
  const archives = archivesOf(request);
  const places = { folder: folderOf(read.source), archives };
  const lock: CygwinLock = {
    version: lockVersion,
    archives,
    list: read.about,
    setup,
    windows: request.windows,
    wanted: [...new Set(request.wanted)].sort(),
    packages: await lockPackages(chosen, places, sources),
  };
  return checkLock(lock, read.source);
}

async function readRequestedList(request: LockRequest, sources: Sources): Promise<ReadList> {
  if (request.list !== undefined) return readList(request.list, request.arch, sources);
  const [archive] = request.archives;
  if (archive === undefined)
    throw new ToolError("which Cygwin to lock is not known yet: no archive and no list were named", {
      hint: [
        "A dated archive keeps its packages:  casement lock --archive URL --setup-program URL",
        "Without a network, from files:       casement lock --setup-ini FILE --setup-program FILE",
      ].join("\n"),
    });
  return findList(archive, request.arch, sources);
}

async function readSetup(source: string, sources: Sources): Promise<CygwinLock["setup"]> {
  const bytes = await needSource(source, "Cygwin's setup program", sources);
  // What a server says instead of the program. (The stand-in's is no program for Windows either, and can be locked.)
  if (/^\s*(<|$)/.test(bytes.subarray(0, 100).toString("latin1")))
    throw new ToolError(`${source}: a page or nothing, and no program`, {
      hint: "Name Cygwin's setup program: --setup-program URL or FILE",
    });
  return {
    url: isUrl(source) ? source : null,
    version: /setup-(?:x86(?:_64)?-)?(\d+\.\d+)/.exec(basename(source))?.[1] ?? null,
    size: bytes.length,
    sha512: createHash("sha512").update(bytes).digest("hex"),
    signedBy: await checkSignature(source, bytes, sources),
  };
}

// Its programs would not start, and that shows when Windows is installed.
function refuseNewCygwin({ lastDay, windows }: LockRequest, { about, source }: ReadList): void {
  if (lastDay === null || about.timestamp === null) return;
  const day = new Date(about.timestamp * 1000).toISOString().slice(0, 10);
  if (day <= lastDay) return;
  throw new ToolError(
    `${source}: is of ${day}, and the last Cygwin that runs on Windows ${windows} is of ${lastDay}`,
    { hint: "Name an archive of that day: --archive URL" },
  );
}

// It would say so itself, in a window that nobody sees.
function refuseOldSetup({ version }: CygwinLock["setup"], { list, source }: ReadList): void {
  const { minimumVersion } = list.headers;
  if (version === null || minimumVersion === undefined || compareVersions(version, minimumVersion) >= 0)
    return;
  throw new ToolError(`${source}: wants a setup program from ${minimumVersion} on, got ${version}`, {
    hint: "Name a newer one: --setup-program URL or FILE",
  });
}

function resolveOrExplain(read: ReadList, { wanted, windows }: LockRequest): readonly Chosen[] {
  try {
    return resolvePackages(read.list, wanted, windows);
  } catch (error) {
    if (!(error instanceof ResolveError)) throw error;
    throw new ToolError(`${read.source}: ${error.message}`, {
      hint: "Change cygwin.packages in the spec, or name another list or archive.",
      cause: error,
    });
  }
}

// A list's own address tells its archive, because an archive has it in the folder of the architecture.
function archivesOf({ archives, list, arch }: LockRequest): string[] {
  if (archives.length > 0) return archives.map((url) => url.replace(/\/+$/, ""));
  const place = list === undefined || !isUrl(list) ? undefined : /^(.+?)\/+([^/]+)\/[^/]+$/.exec(list);
  return place?.[1] !== undefined && place[2] === arch ? [place[1]] : [];
}

// A list of a mirror's copy lies in <folder>/x86_64 and names packages relative to <folder>.
function folderOf(source: string): string | undefined {
  return isUrl(source) ? undefined : resolve(dirname(source), "..");
}

async function lockPackages(
  chosen: readonly Chosen[],
  places: PackagePlaces,
  sources: Sources,
): Promise<LockedPackage[]> {
  const packages: LockedPackage[] = [];
  // One after the other: archives of old Cygwins are small servers.
  for (const each of chosen) {
    const { install } = each.version;
    packages.push(lockPackage(each, await findSha512(install, places, sources)));
  }
  return packages;
}

function lockPackage(
  { package: { name, summary, categories }, version }: Chosen,
  sha512: string,
): LockedPackage {
  const list = (dependencies: readonly Dependency[]): string[] => dependencies.map(formatDependency);
  return {
    name,
    version: version.version,
    path: version.install.path,
    size: version.install.size,
    sha512,
    categories: [...categories],
    ...(summary === undefined ? {} : { summary }),
    depends: list(version.depends),
    ...(version.obsoletes.length === 0 ? {} : { obsoletes: list(version.obsoletes) }),
    ...(version.provides === undefined ? {} : { provides: list(version.provides) }),
    ...(version.conflicts.length === 0 ? {} : { conflicts: list(version.conflicts) }),
  };
}

// A list can hold what a lock does not: such as paths that lead out of the archive.
function checkLock(lock: CygwinLock, source: string): CygwinLock {
  const parsed = lockSchema.safeParse(lock);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const [area, index] = issue?.path ?? [];
  const name = area === "packages" && typeof index === "number" ? lock.packages[index]?.name : undefined;
  throw new ToolError(
    `${source}: ${name === undefined ? "" : `package ${name}: `}${issue?.path.join(".") ?? ""}: ${issue?.message ?? "wrong"}`,
    { hint: "No list of Cygwin has such a value; it is not taken." },
  );
}
