import { dirname, join } from "node:path";
import type { Artifact } from "../artifacts/artifact.ts";
import { generated } from "../contract/filenames.ts";
import { loadLock, printLock } from "../cygwin/lock/lock-file.ts";
import { printPrunedList } from "../cygwin/lock/pruned-list.ts";
import type { CygwinLock } from "../cygwin/lock-schema.ts";
import { windowsVersion } from "../cygwin/windows-version.ts";
import { SpecError } from "../errors.ts";
import type { Plan } from "../plan/plan.ts";

/**
 * What the lock beside the spec becomes in the output folder: itself, and the list for Cygwin's setup; nothing where there
 * is no lock. Reads the lock only, never a network. Throws SpecError for a lock that lacks what the spec wants, ToolError
 * for one that is none.
 */
export async function lockedCygwin(
  spec: string,
  plan: Plan,
): Promise<{
  readonly artifacts: readonly Artifact[];
  /** Says when the lock has more than the spec wants. */
  readonly remarks: readonly string[];
}> {
  if (plan.access === "openssh") return { artifacts: [], remarks: [] };
  const file = join(dirname(spec), generated.cygwinLock);
  const lock = await loadLock(file);
  if (lock === undefined) return { artifacts: [], remarks: [] };
  const { architecture, packages } = plan.cygwin;
  if (lock.list.arch !== architecture) throw wrongArchitecture(spec, lock, architecture);
  const windows = windowsVersion(plan.release.build);
  if (lock.windows !== windows) throw wrongWindows(spec, lock, windows);
  const missing = packages.filter((name) => !lock.wanted.includes(name));
  if (missing.length > 0) throw notLocked(spec, missing);
  const extra = lock.wanted.filter((name) => !packages.includes(name));
  return {
    artifacts: [
      { path: generated.cygwinLock, content: printLock(lock) },
      { path: generated.cygwinList, content: printPrunedList(lock) },
    ],
    remarks:
      extra.length === 0
        ? []
        : [
            `${file} still holds what the spec no longer wants: ${extra.join(", ")}; to drop it: casement lock --update`,
          ],
  };
}

function notLocked(spec: string, missing: readonly string[]): SpecError {
  return new SpecError(spec, [
    {
      path: "cygwin.packages",
      message: `not in ${generated.cygwinLock}: ${missing.join(", ")}`,
      hint: "Run: casement lock --update",
    },
  ]);
}

function wrongWindows(spec: string, lock: CygwinLock, wanted: string): SpecError {
  return new SpecError(spec, [
    {
      path: "windows.release",
      message: `is Windows ${wanted}, and ${generated.cygwinLock} was made for ${lock.windows}`,
      hint: "Run: casement lock --update (with --archive URL where the other Windows needs another archive)",
    },
  ]);
}

function wrongArchitecture(spec: string, lock: CygwinLock, wanted: string): SpecError {
  return new SpecError(spec, [
    {
      path: "windows",
      message: `its Cygwin is ${wanted}, and ${generated.cygwinLock} holds ${lock.list.arch}`,
      hint: `Delete ${generated.cygwinLock}, and lock from an archive of ${wanted}: casement lock --archive URL --setup-program URL`,
    },
  ]);
}
