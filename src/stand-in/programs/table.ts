import { cmd } from "./cmd.ts";
import { createWorld } from "../cmd/world.ts";
import { net, whoami } from "./accounts.ts";
import { getmac, ipconfig, netsh } from "./network.ts";
import { powercfg, rundll32, shutdown } from "./power.ts";
import type { Program } from "./program.ts";
import { reg } from "./reg.ts";
import { schtasks } from "./schtasks.ts";
import { sc } from "./services.ts";
import { query, quser, qwinsta } from "./sessions.ts";
import { icacls, tar } from "./openssh.ts";
import { attrib, hostname, ping, timeout } from "./small.ts";
import { taskkill, tasklist } from "./processes.ts";
import { find, findstr } from "./text-search.ts";
import { wscript } from "./wscript.ts";
import { xcopy } from "./xcopy.ts";

/**
 * Windows' programs that the bundle plays; nix/stand-in/files/windows/programs.txt lists the same names. `root` is where the
 * registry, the tasks and the services are kept: empty in the installed system.
 */
export function createPrograms(root = ""): ReadonlyMap<string, Program> {
  const programs: ReadonlyMap<string, Program> = new Map<string, Program>([
    ["attrib", attrib],
    ["cmd", (call) => cmd(call, createWorld(programs))],
    ["find", find],
    ["findstr", findstr],
    ["getmac", getmac],
    ["hostname", hostname],
    ["icacls", icacls],
    ["ipconfig", ipconfig],
    ["netsh", netsh],
    ["ping", ping],
    ["powercfg", powercfg],
    ["query", (call) => query(call, root)],
    ["quser", (call) => quser(call, root)],
    ["qwinsta", (call) => qwinsta(call, root)],
    ["reg", (call) => reg(call, root)],
    ["rundll32", rundll32],
    ["sc", (call) => sc(call, root)],
    ["schtasks", (call) => schtasks(call, root)],
    ["shutdown", shutdown],
    ["tar", tar],
    ["taskkill", taskkill],
    ["tasklist", tasklist],
    ["timeout", timeout],
    ["whoami", whoami],
    ["wscript", (call) => wscript(call, programs)],
    ["xcopy", xcopy],
  ]);
  return programs;
}

/** Programs whose file in System32 is a script that calls the bundle, so that cmd has to start that file. */
export const filePrograms: ReadonlyMap<string, Program> = new Map([["net", net]]);
