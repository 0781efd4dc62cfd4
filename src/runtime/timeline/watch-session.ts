import { watch } from "node:fs";
import { basename, join } from "node:path";
import { xchg } from "../../contract/filenames.ts";

/**
 * Tells when a session writes down its command's exit code: the guest makes that file on X:, which is a folder of this machine, so that
 * seeing it costs the guest nothing. Where folders cannot be watched nothing is told.
 */
export function watchSession(folder: string, ended: (name: "command") => void): Disposable {
  try {
    // A test's driver may leave a session behind that never ends: nobody waits for it, and a watch must not either.
    const watcher = watch(join(folder, xchg.run), { persistent: false }, (_event, seen) => {
      if (seen === basename(xchg.exitCode)) ended("command");
    }).on("error", () => undefined);
    return { [Symbol.dispose]: () => watcher.close() };
  } catch {
    return { [Symbol.dispose]: () => undefined };
  }
}
