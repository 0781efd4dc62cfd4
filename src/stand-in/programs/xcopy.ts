import { chmodSync, copyFileSync, existsSync, mkdirSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { toUnix } from "../machine/paths.ts";
import { type Call, print, refuse } from "./program.ts";

/** Exit code of xcopy where it could not begin. */
const cannotBegin = 4;

/**
 * xcopy FOLDER FOLDER /e /i /h /q /y: a whole folder with its empty ones and its hidden files, without a question. As on
 * Windows (without /k) the copies are not read-only.
 */
export function xcopy(call: Call): number {
  const options = call.args.filter((word) => word.startsWith("/")).map((word) => word.toLowerCase());
  const [from, to, more] = call.args.filter((word) => !word.startsWith("/"));
  if (
    to === undefined ||
    from === undefined ||
    more !== undefined ||
    options.toSorted().join(" ") !== "/e /h /i /q /y"
  )
    return refuse(call, `the stand-in plays: xcopy FOLDER FOLDER /e /i /h /q /y, got ${call.tail.trim()}`);
  const source = toUnix(from, call.cwd);
  if (!existsSync(source) || !statSync(source).isDirectory()) {
    print(call.handles.stderr, `File not found - ${from}`);
    print(call.handles.stdout, "0 File(s) copied");
    return cannotBegin;
  }
  print(call.handles.stdout, `${copy(source, toUnix(to, call.cwd))} File(s) copied`);
  return 0;
}

/** Links are what they lead to, as for any client of a share. Returns how many files there are. */
function copy(from: string, to: string): number {
  const found = statSync(from);
  if (found.isDirectory()) {
    mkdirSync(to, { recursive: true });
    return readdirSync(from).reduce((count, name) => count + copy(join(from, name), join(to, name)), 0);
  }
  copyFileSync(from, to);
  chmodSync(to, (found.mode & 0o7777) | 0o200);
  return 1;
}
