import { dirname, join, resolve } from "node:path";
import { findPlatform, findRelease } from "../../catalogue/releases.ts";
import { buildLock, type LockRequest } from "../../cygwin/lock/build-lock.ts";
import { compareLocks } from "../../cygwin/lock/compare-locks.ts";
import { loadLock, printLock, writeLock } from "../../cygwin/lock/lock-file.ts";
import { isUrl, needSource, type Sources } from "../../cygwin/lock/sources.ts";
import type { CygwinLock } from "../../cygwin/lock-schema.ts";
import { cygwinKeys } from "../../cygwin/signature/cygwin-keys.ts";
import { parseKeys } from "../../cygwin/signature/public-key.ts";
import { generated } from "../../contract/filenames.ts";
import { windowsVersion } from "../../cygwin/windows-version.ts";
import { exitCodes, SpecError, ToolError } from "../../errors.ts";
import type { Spec } from "../../spec/schema.ts";
import type { Plan } from "../../plan/plan.ts";
import { cacheFolder } from "../cache-folder.ts";
import type { Invocation } from "../invocation.ts";
import { findPlaces } from "../places.ts";
import { remark, reportLines } from "../report.ts";
import { resolvePlan } from "../resolve.ts";
import type { LockFlags } from "./lock-command.ts";
import { showProgress } from "./lock-progress.ts";

/** Spec and list of packages -> cygwin.lock.json. Returns the exit code: 1 when another lock is there and --update is not given. */
export async function lock(
  spec: string | undefined,
  flags: LockFlags,
  invocation: Invocation,
): Promise<number> {
  refuseEmpty(flags, invocation.cwd);
  const places = findPlaces({ spec }, invocation.cwd);
  const file =
    flags.out === undefined
      ? join(dirname(places.spec), generated.cygwinLock)
      : resolve(invocation.cwd, flags.out);
  const { spec: loaded, plan } = await resolvePlan(places);
  if (plan.access === "openssh") throw noCygwin(places.spec);
  const old = await loadLock(file);
  const now = await buildLock(
    request(loaded, plan, flags, old, invocation),
    await planSources(flags, invocation),
  );
  const changes = old === undefined ? [] : compareLocks(old, now);
  const count = `${now.packages.length} packages`;
  if (old !== undefined && changes.length === 0 && printLock(old) === printLock(now)) {
    reportLines([`casement: ${file} is up to date (${count})`]);
    return 0;
  }
  reportLines(changes);
  if (old !== undefined && flags.update !== true) {
    reportLines([
      `casement: ${file} is another lock and was left as it is; to replace it: casement lock --update`,
    ]);
    return exitCodes.differs;
  }
  await writeLock(file, now);
  reportLines([`casement: wrote ${file} (${count}, ${megabytes(now)} MB); now run: casement generate`]);
  return 0;
}

function noCygwin(spec: string): SpecError {
  return new SpecError(spec, [
    {
      path: "access",
      message: 'there is no Cygwin to lock with it, got "openssh"',
      hint: "Nothing is to be locked then; generate alone will do.",
    },
  ]);
}

// What the command line does not say stays as the lock has it.
function request(
  spec: Spec,
  plan: Plan,
  flags: LockFlags,
  old: CygwinLock | undefined,
  { cwd }: Invocation,
): LockRequest {
  const place = (source: string): string => (isUrl(source) ? source : resolve(cwd, source));
  const setup = flags.setupProgram ?? old?.setup.url ?? undefined;
  if (setup === undefined)
    throw new ToolError("Cygwin's setup program is not known yet", {
      hint: "Name one that fits the archive: casement lock --setup-program URL or FILE",
    });
  const list = flags.setupIni ?? (flags.archive === undefined ? old?.list.url : undefined) ?? undefined;
  return {
    arch: plan.cygwin.architecture,
    windows: windowsVersion(plan.release.build),
    lastDay: lastDayOf(spec),
    wanted: plan.cygwin.packages,
    archives: (flags.archive ?? old?.archives ?? []).map(archiveAddress),
    list: list === undefined ? undefined : place(list),
    setup: place(setup),
  };
}

function lastDayOf({ windows }: Spec): string | null {
  const release = findRelease(windows.release);
  const platform = release === undefined ? undefined : findPlatform(release, windows.architecture);
  return platform?.cygwin.lastArchive ?? null;
}

function archiveAddress(address: string): string {
  if (isUrl(address)) return address;
  throw new ToolError(`--archive: not an address, got ${address}`, {
    hint: "It starts with http:// or https://. For a folder, name its list: --setup-ini FOLDER/x86_64/setup.ini",
  });
}

async function planSources(flags: LockFlags, { cwd, env }: Invocation): Promise<Sources> {
  const sources = {
    cacheFolder: cacheFolder(env, "cygwin"),
    keys: cygwinKeys(),
    unsigned: flags.unsigned === true,
    onRemark: remark,
    onProgress: showProgress(),
  };
  if (flags.keyring === undefined) return sources;
  return {
    ...sources,
    keys: [...sources.keys, ...(await loadKeyring(resolve(cwd, flags.keyring), sources))],
  };
}

async function loadKeyring(file: string, sources: Sources): Promise<ReturnType<typeof parseKeys>> {
  const keys = parseKeys(await needSource(file, "the keyring", sources));
  if (keys.length > 0) return keys;
  throw new ToolError(`${file}: no RSA or DSA key in it`, { hint: "Export one: gpg --export KEY > FILE" });
}

// Such as from a variable that is not set.
function refuseEmpty(flags: LockFlags, cwd: string): void {
  const issues = Object.entries(flags)
    .filter(([, value]) => value === "" || (Array.isArray(value) && value.includes("")))
    .map(([name]) => ({
      path: `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`,
      message: 'has to name something, got ""',
    }));
  if (issues.length > 0) throw new SpecError(cwd, issues);
}

function megabytes(now: CygwinLock): string {
  return (now.packages.reduce((sum, { size }) => sum + size, now.setup.size) / 1e6).toFixed(1);
}
