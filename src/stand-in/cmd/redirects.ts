import { closeSync, openSync } from "node:fs";
import { errorCode } from "../machine/error-code.ts";
import { deviceOf, toUnix } from "../machine/paths.ts";
import { Unsupported } from "../machine/unsupported.ts";
import { type Handles, print } from "../programs/program.ts";
import type { Redirect } from "./ast.ts";
import type { Shell } from "./shell.ts";

/** Runs `body` with the redirections in force, left to right; a file that cannot be opened makes it 1 and `body` does not run. */
export function redirected(
  shell: Shell,
  redirects: readonly Redirect[],
  handles: Handles,
  body: (inner: Handles) => number,
): number {
  if (redirects.length === 0) return body(handles);
  const opened: number[] = [];
  const inner = [handles.stdin, handles.stdout, handles.stderr];
  const current = (): Handles => ({ stdin: inner[0] ?? 0, stdout: inner[1] ?? 1, stderr: inner[2] ?? 2 });
  try {
    for (const redirect of redirects) {
      const target = shell.finish(redirect.target).replaceAll('"', "");
      if (redirect.kind === "duplicate") {
        inner[redirect.handle] = inner[Number(target)] ?? 1;
        continue;
      }
      const handle = open(redirect.kind, target, shell.cwd);
      if (typeof handle === "string") {
        print(current().stderr, handle);
        shell.errorlevel = 1;
        return 1;
      }
      opened.push(handle);
      inner[redirect.handle] = handle;
    }
    return body(current());
  } finally {
    for (const handle of opened) closeSync(handle);
  }
}

const modes = { read: "r", write: "w", append: "a" } as const;

/** An open file, or the words of cmd for why there is none. */
function open(kind: "read" | "write" | "append", target: string, cwd: string): number | string {
  const device = deviceOf(target);
  if (device === "con") throw new Unsupported("cmd", "CON as a file");
  const file = { nul: "/dev/null", com1: "/dev/ttyS0" };
  const path = device === undefined ? toUnix(target, cwd) : file[device];
  // A device is not truncated or extended; a port opened for appending would be refused.
  const mode = device === undefined || kind === "read" ? modes[kind] : "r+";
  try {
    return openSync(path, mode, 0o755);
  } catch (error) {
    if (errorCode(error) !== "ENOENT") return "Access is denied.";
    return `The system cannot find the ${kind === "read" ? "file" : "path"} specified.`;
  }
}
