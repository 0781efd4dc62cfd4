import { chmodSync } from "node:fs";
import { runAttached } from "../../process/attached.ts";
import { toUnix } from "../machine/paths.ts";
import { findFiles } from "../cmd/wildcards.ts";
import { type Call, print, refuse } from "./program.ts";

/**
 * icacls FILE /inheritance:r /grant:r *S-1-5-18:F /grant:r *S-1-5-32-544:F: the one list of rights that Linux has a mode
 * for. SYSTEM and Administrators alone is what sshd asks of a private key, and 0600 is what the real sshd here asks of it.
 */
export function icacls(call: Call): number {
  const [path = "", ...options] = call.args;
  const given = options.map((option) => option.toLowerCase());
  const grants = given.filter((_, index) => given[index - 1] === "/grant:r").toSorted();
  const known = given.length === 5 && given.includes("/inheritance:r");
  if (!known || grants.join(" ") !== "*s-1-5-18:f *s-1-5-32-544:f")
    return refuse(
      call,
      `the stand-in plays: icacls FILE /inheritance:r /grant:r *S-1-5-18:F /grant:r *S-1-5-32-544:F, got ${call.tail.trim()}`,
    );
  const files = findFiles(path, call.cwd).filter((file) => !file.isFolder);
  if (files.length === 0) {
    print(call.handles.stderr, `${path}: The system cannot find the file specified.`);
    print(call.handles.stdout, "Successfully processed 0 files; Failed processing 1 files");
    return 2;
  }
  for (const file of files) {
    chmodSync(file.unix, 0o600);
    print(call.handles.stdout, `processed file: ${file.unix}`);
  }
  return 0;
}

/** tar -cf FILE -C FOLDER .: Windows has a tar.exe of its own since Windows 10 1803. */
export function tar(call: Call): number {
  const [verb, file = "", change, folder = "", what, more] = call.args;
  if (verb !== "-cf" || change !== "-C" || what !== "." || more !== undefined)
    return refuse(call, `the stand-in plays: tar -cf FILE -C FOLDER ., got ${call.tail.trim()}`);
  return runAttached(
    {
      file: "/stand-in/applets/tar",
      args: ["-cf", toUnix(file, call.cwd), "-C", toUnix(folder, call.cwd), "."],
    },
    call.handles,
  );
}
