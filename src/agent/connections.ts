import type { AgentSurroundings } from "../contract/agent.ts";
import { guest } from "../contract/guest.ts";
import { until, WaitFailed } from "../process/until.ts";
import { StepError } from "./step-error.ts";

/** Of include/net/tcp_states.h. */
const established = "01";
/** States in which the peer has nothing left of a connection: TIME_WAIT, CLOSE, LISTEN. */
const goneStates = new Set(["06", "07", "0A"]);

/** A TCP connection between controller and guest. */
export interface GuestConnection {
  readonly to: "ssh" | "smb";
  readonly isEstablished: boolean;
  /** For messages. */
  readonly text: string;
}

/** The connections between the controller and the guest's sshd, and from the guest to Samba, of proc_net_tcp(5)'s text. */
export function guestConnections(procNetTcp: string): readonly GuestConnection[] {
  const guestHex = hexAddress(guest.address);
  const found: GuestConnection[] = [];
  for (const line of procNetTcp.split("\n")) {
    const [, local = "", remote = "", state = ""] = line.trim().split(/\s+/);
    if (!remote.split(":")[0]?.endsWith(guestHex) || goneStates.has(state)) continue;
    const localPort = Number.parseInt(local.split(":")[1] ?? "", 16);
    const remotePort = Number.parseInt(remote.split(":")[1] ?? "", 16);
    const isEstablished = state === established;
    if (remotePort === guest.sshPort)
      found.push({
        to: "ssh",
        isEstablished,
        text: `SSH to ${guest.address}:${guest.sshPort}, state ${state}`,
      });
    else if (localPort === guest.smbPort)
      found.push({
        to: "smb",
        isEstablished,
        text: `SMB from ${guest.address}:${remotePort}, state ${state}`,
      });
  }
  return found;
}

/** Waits until the guest holds no connection to the controller: a frozen one would meet a controller that knows nothing of it. Throws StepError with step `disconnect`. */
export async function untilDisconnected(
  ways: Pick<AgentSurroundings, "connections">,
  timeoutMs: number,
): Promise<void> {
  try {
    await until({
      what: "the guest's SSH and SMB connections to close",
      timeoutMs,
      intervalMs: 50,
      probe: async (observe) => {
        const left = guestConnections(await ways.connections());
        observe(left.map(({ text }) => text).join("; "));
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
