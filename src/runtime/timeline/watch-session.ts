import { type FSWatcher, watch } from "node:fs";
import { basename, join } from "node:path";
import { xchg } from "../../contract/filenames.ts";

/**
 * Tells when a session writes down its command's exit code (`command`) and when it has packed the outputs (`pack`): the guest makes
 * these files on X:, which is a folder of this machine, so that seeing them costs the guest nothing. Where folders cannot be
 * watched nothing is told.
 */
export function watchSession(folder: string, ended: (name: "command" | "pack") => void): Disposable {
  const look = (place: string, file: string, name: "command" | "pack"): FSWatcher[] => {
    try {
      // A test's driver may leave a session behind that never ends: nobody waits for it, and a watch must not either.
      const watcher = watch(place, { persistent: false }, (_event, seen) => {
        if (seen === basename(file)) ended(name);
      });
      return [watcher.on("error", () => undefined)];
    } catch {
      return [];
    }
  };
  const watchers = [
    ...look(join(folder, xchg.run), xchg.exitCode, "command"),
    ...look(folder, xchg.resultTar, "pack"),
  ];
  return {
    [Symbol.dispose]() {
      for (const watcher of watchers) watcher.close();
    },
  };
}
