import { chmod, mkdir, mkdtemp, readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { work, xchg } from "../contract/filenames.ts";
import { assertSocketPath } from "./listener.ts";
import { switchPort } from "./vde/switch.ts";

/** The working folder of one stage: sockets, logs, the exchange folder, a run's own disk. */
export interface Workspace extends AsyncDisposable {
  readonly folder: string;
  /** Absolute path of one of the names in contract/filenames.ts, group `work`. */
  path(name: keyof typeof work): string;
  /** Any other file in it. */
  file(name: string): string;
  /** Leaving the scope then keeps evidence and exchange folder, for whoever looks at the failure. */
  keepEvidence(): void;
}

const prefix = "casement-";

/** Makes the folder; a place whose sockets would have too long a path is refused before anything is made. */
export async function openWorkspace(top: string): Promise<Workspace> {
  const sample = join(top, `${prefix}XXXXXX`);
  assertSocketPath(switchPort(join(sample, work.switchSocket)));
  for (const name of Object.values(work)) assertSocketPath(join(sample, name));

  const folder = await mkdtemp(join(top, prefix));
  await mkdir(join(folder, work.evidence));
  await mkdir(join(folder, work.xchg, xchg.run), { recursive: true });
  // The controller's Samba serves it as another user.
  await chmod(join(folder, work.xchg), 0o777);
  let keep = false;
  return {
    folder,
    path: (name) => join(folder, work[name]),
    file: (name) => join(folder, name),
    keepEvidence() {
      keep = true;
    },
    async [Symbol.asyncDispose]() {
      const kept: string[] = keep ? [work.evidence, work.xchg] : [];
      for (const name of await readdir(folder)) if (!kept.includes(name)) await remove(join(folder, name));
      if (!keep) await remove(folder);
    },
  };
}

/** What a command left read-only may stay, for Nix removes the build folder: a finished build does not fail for it. */
async function remove(path: string): Promise<void> {
  await rm(path, { recursive: true, force: true }).catch(() => undefined);
}
