import { homedir } from "node:os";
import { join } from "node:path";

/** A folder of casement's own below the user's cache folder; not in /tmp, where another user could have put it. */
export function cacheFolder(env: Readonly<Record<string, string | undefined>>, name: string): string {
  const base = env["XDG_CACHE_HOME"];
  return join(base?.startsWith("/") === true ? base : join(homedir(), ".cache"), "casement", name);
}
