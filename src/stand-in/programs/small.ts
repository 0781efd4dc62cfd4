import { chmodSync, statSync } from "node:fs";
import { hostname as linuxHostname } from "node:os";
import { findFiles } from "../cmd/wildcards.ts";
import { sleepSync } from "../../process/attached.ts";
import { type Call, print, refuse } from "./program.ts";

/** attrib -r|+r FILE: the read-only attribute is the owner's write bit; other attributes are refused. */
export function attrib(call: Call): number {
  const [change, path, more] = call.args;
  if (path === undefined || more !== undefined || !/^[-+]r$/i.test(change ?? ""))
    return refuse(call, "the stand-in plays attrib -r PATH and attrib +r PATH");
  const files = findFiles(path, call.cwd).filter((file) => !file.isFolder);
  if (files.length === 0) print(call.handles.stdout, `File not found - ${path}`);
  for (const file of files) {
    const mode = statSync(file.unix).mode & 0o777;
    chmodSync(file.unix, change?.startsWith("-") === true ? mode | 0o200 : mode & ~0o222);
  }
  return 0;
}

export function hostname(call: Call): number {
  print(call.handles.stdout, linuxHostname());
  return 0;
}

/** timeout /t SECONDS [/nobreak]. */
export function timeout(call: Call): number {
  const words = call.args.map((word) => word.toLowerCase()).filter((word) => word !== "/nobreak");
  const seconds = words[0] === "/t" ? words[1] : words[0];
  if (seconds === undefined || !/^\d+$/.test(seconds)) return refuse(call, "timeout takes /t SECONDS");
  sleepSync(Number(seconds) * 1000);
  return 0;
}

/** ping -n COUNT 127.0.0.1: a batch file's way to wait, a second between two. Nothing else is reached. */
export function ping(call: Call): number {
  const [option, count, address, more] = call.args;
  if (
    option?.toLowerCase() !== "-n" ||
    !/^\d+$/.test(count ?? "") ||
    address !== "127.0.0.1" ||
    more !== undefined
  )
    return refuse(call, "the stand-in plays: ping -n COUNT 127.0.0.1");
  for (let sent = 0; sent < Number(count); sent += 1) {
    if (sent > 0) sleepSync(1000);
    print(call.handles.stdout, "Reply from 127.0.0.1: bytes=32 time<1ms TTL=128");
  }
  return 0;
}
