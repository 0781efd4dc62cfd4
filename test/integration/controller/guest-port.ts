import { createServer, type Socket } from "node:net";
import { join } from "node:path";
import { writeFile } from "node:fs/promises";

/** The guest's SSH port as QEMU's user network plays it for a controller: who connects there comes out at the test. */
export interface GuestPort extends AsyncDisposable {
  /** The network's option for it. */
  readonly forward: string;
  /** The next connection, in the order in which they were made. */
  accept(): Promise<Socket>;
}

/** The network's option for a guest with nothing at that port: it is there, and answers with a reset. */
export const refusing = "guestfwd=tcp:192.168.0.1:9-cmd:false";

// One for each connection, started by QEMU: a socket of its own would be one for all of them.
const handOn = `
import { connect, Socket } from "node:net";
const near = new Socket({ fd: 0, allowHalfOpen: true });
const far = connect({ path: process.argv[2], allowHalfOpen: true });
for (const [from, to] of [[near, far], [far, near]]) {
  from.on("error", () => process.exit(1));
  from.pipe(to);
}
`;

/** Opens it, with a socket and a program below this folder. */
export async function startGuestPort(folder: string): Promise<GuestPort> {
  const [program, socketPath] = [join(folder, "guest-port.mjs"), join(folder, "guest-port")];
  await writeFile(program, handOn);
  const open = new Set<Socket>();
  const arrived: Socket[] = [];
  const waiting: ((socket: Socket) => void)[] = [];
  const server = createServer((socket) => {
    open.add(socket);
    socket.on("error", () => undefined);
    socket.on("close", () => open.delete(socket));
    const next = waiting.shift();
    if (next === undefined) arrived.push(socket);
    else next(socket);
  });
  await new Promise<void>((resolve) => {
    server.listen(socketPath, resolve);
  });
  return {
    forward: `guestfwd=tcp:192.168.0.1:22-cmd:${process.execPath} ${program} ${socketPath}`,
    async accept() {
      return arrived.shift() ?? new Promise((resolve) => waiting.push(resolve));
    },
    [Symbol.asyncDispose]: async () => {
      for (const socket of open) socket.destroy();
      server.close();
    },
  };
}
