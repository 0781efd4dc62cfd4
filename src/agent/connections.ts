import { readFile } from "node:fs/promises";
import { until, WaitFailed } from "../process/until.ts";
import type { Endpoint } from "./reach.ts";
import { StepError } from "./step-error.ts";

/** States of include/net/tcp_states.h in which the peer has nothing left of a connection: TIME_WAIT, CLOSE, LISTEN. */
const goneStates = new Set(["06", "07", "0A"]);

/** One line per TCP connection between this machine and the guest's sshd or from the guest to our Samba, of proc_net_tcp(5)'s text. */
export function guestConnections(procNetTcp: string, ssh: Endpoint, smbPort: number): readonly string[] {
  const guestHex = hexAddress(ssh.address);
  const lines: string[] = [];
  for (const line of procNetTcp.split("\n").slice(1)) {
    const [, local = "", remote = "", state = ""] = line.trim().split(/\s+/);
    if (!remote.split(":")[0]?.endsWith(guestHex) || goneStates.has(state)) continue;
    const localPort = Number.parseInt(local.split(":")[1] ?? "", 16);
    const remotePort = Number.parseInt(remote.split(":")[1] ?? "", 16);
    if (remotePort === ssh.port) lines.push(`SSH to ${ssh.address}:${ssh.port}, state ${state}`);
    else if (localPort === smbPort) lines.push(`SMB from ${ssh.address}:${remotePort}, state ${state}`);
  }
  return lines;
}

/** Waits until the guest holds no connection to us: a frozen one would meet a controller that knows nothing of it. Throws StepError with step `disconnect`. */
export async function untilDisconnected(ssh: Endpoint, smbPort: number, timeoutMs: number): Promise<void> {
  try {
    await until({
      what: "the guest's SSH and SMB connections to close",
      timeoutMs,
      intervalMs: 50,
      probe: async (observe) => {
        const texts = await Promise.all(
          ["/proc/net/tcp", "/proc/net/tcp6"].map((path) => readFile(path, "utf8").catch(() => "")),
        );
        const left = texts.flatMap((text) => guestConnections(text, ssh, smbPort));
        observe(left.join("; "));
        return left.length === 0 ? true : undefined;
      },
    });
  } catch (error) {
    if (!(error instanceof WaitFailed)) throw error;
    throw new StepError("disconnect", error.message);
  }
}

/** 192.168.0.1 as the kernel prints it on a little-endian machine: 0100A8C0; the same at the end of a mapped IPv6 address. */
function hexAddress(address: string): string {
  return address
    .split(".")
    .reverse()
    .map((part) => Number(part).toString(16).padStart(2, "0").toUpperCase())
    .join("");
}
