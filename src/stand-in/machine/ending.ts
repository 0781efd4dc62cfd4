import { closeSync, openSync, writeSync } from "node:fs";
import { runAttached, sleepSync } from "../../process/attached.ts";
import { say } from "./screen.ts";

/** Says on the screen and on COM1 why Setup stopped; the host ends the build with it. */
export function announceStop(reason: string): void {
  say(`Setup stopped. ${reason}`);
  const port = openSync("/dev/ttyS0", "r+");
  writeSync(port, `casement failed=setup code=1 reason=${reason.replace(/\s+/g, " ")}\r\n`);
  closeSync(port);
  // The port is emulated: what was written is out long before this.
  sleepSync(300);
}

/** Restarts or switches off at once; the disks are unmounted already. */
export function endMachine(how: "reboot" | "poweroff"): never {
  runAttached({ file: "/stand-in/bin/busybox", args: [how, "-f"] }, { stdin: 0, stdout: 1, stderr: 2 });
  sleepSync(60_000);
  throw new Error(`${how} did not end the machine`);
}
