import { once } from "node:events";
import { createConnection, type Socket } from "node:net";
import type { AgentSurroundings } from "../../src/contract/agent.ts";

/** How an agent reaches a guest, with a controller whose shares are up. */
export type Ways = Pick<AgentSurroundings, "connect" | "connections" | "shares">;

/**
 * To a server on loopback, as the controller's relay leads to the guest: a connection is handed out before anybody has taken it up,
 * says by an error event what became of it, and the next one waits until it is closed.
 */
export function waysTo(port: number, host = "127.0.0.1"): Ways {
  let last: Socket | undefined;
  return {
    async connect(signal) {
      signal.throwIfAborted();
      if (last !== undefined && !last.closed) await once(last, "close", { signal });
      // A login is many small packets: Nagle's algorithm would hold each back for the other side's delayed ACK.
      last = createConnection({ host, port, noDelay: true });
      // Whoever reads it hears of it, too.
      last.on("error", () => undefined);
      return last;
    },
    connections: async () => procNetTcp(last),
    shares: Promise.resolve(),
  };
}

/** The controller's table, in which this connection is the one to the guest's sshd. */
function procNetTcp(connection: Socket | undefined): string {
  const head = "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid";
  if (connection === undefined || connection.closed) return head;
  return `${head}\n   0: 0200A8C0:9000 0100A8C0:0016 ${connection.connecting ? "02" : "01"} 00000000:00000000`;
}
