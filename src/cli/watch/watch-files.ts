import { type FSWatcher, watch } from "node:fs";
import { join } from "node:path";
import { ToolError } from "../../errors.ts";
import { pathSteps } from "./path-steps.ts";

/** Files that are watched by name, so that a file that is replaced, deleted or made counts as well as one that is written to. */
export interface FileWatch extends Disposable {
  /** Watches these files from now on, through the folders as they are now. What changed before is not told any more. */
  restart(files: Iterable<string>): void;
  /** Watches these as well. Returns whether some were not watched yet: those can have changed since they were read. */
  extend(files: Iterable<string>): boolean;
}

/**
 * Calls back with the path of whatever changed on the way to a watched file. Folders are watched, not files, because
 * editors put a new file in the old one's place; and so are the folders above, because they can be replaced, too. Asks
 * the kernel to tell and never looks by itself. Throws ToolError where the kernel takes no more watches.
 */
export function watchFiles(onChange: (path: string) => void): FileWatch {
  const names = new Map<string, Set<string>>();
  const watchers: FSWatcher[] = [];
  const known = new Set<string>();
  const close = (): void => {
    for (const watcher of watchers.splice(0)) watcher.close();
    names.clear();
    known.clear();
  };
  const extend = (files: Iterable<string>): boolean => {
    const added = [...files].filter((file) => !known.has(file));
    for (const file of added) {
      known.add(file);
      for (const { folder, name } of pathSteps(file)) {
        const wanted = names.get(folder) ?? new Set();
        wanted.add(name);
        if (names.has(folder)) continue;
        names.set(folder, wanted);
        const watcher = watchFolder(folder, (changed) => {
          if (changed === null || wanted.has(changed)) onChange(join(folder, changed ?? ""));
        });
        if (watcher !== undefined) watchers.push(watcher);
      }
    }
    return added.length > 0;
  };
  return {
    restart(files) {
      close();
      extend(files);
    },
    extend,
    [Symbol.dispose]: close,
  };
}

/** Undefined for a folder that is not there, whose coming its parent tells, and for one above that may not be read. */
function watchFolder(folder: string, onChange: (name: string | null) => void): FSWatcher | undefined {
  try {
    const watcher = watch(folder, (_event, name) => onChange(name));
    // Such as a folder that goes: its parent tells that.
    watcher.on("error", () => onChange(null));
    return watcher;
  } catch (error) {
    const code = error instanceof Error && "code" in error ? error.code : undefined;
    if (code === "ENOSPC" || code === "EMFILE") throw tooMany(folder, code);
    return undefined;
  }
}

function tooMany(folder: string, code: string): ToolError {
  const limit = code === "ENOSPC" ? "max_user_watches" : "max_user_instances";
  return new ToolError(`${folder}: cannot be watched, because this user watches too much already (${code})`, {
    hint: `Close what else watches files, or raise the limit: sysctl fs.inotify.${limit}`,
  });
}
