import { once } from "node:events";
import { type Socket, createServer } from "node:net";
import { ToolError } from "../errors.ts";
import { socketPathMaxBytes } from "../contract/filenames.ts";

/** A unix socket that the runtime listens on before it starts the program that connects: nobody has to poll for it. */
export interface Listener extends AsyncDisposable {
  readonly path: string;
  /** The first connection; later ones are refused. */
  readonly connection: Promise<Socket>;
}

/** Listens on a unix socket; a path that does not fit sun_path is a ToolError and not cut. */
export async function startListener(path: string): Promise<Listener> {
  assertSocketPath(path);
  const server = createServer({ allowHalfOpen: false });
  const connection = new Promise<Socket>((resolve) => {
    server.once("connection", (socket) => {
      // An end without a reader of errors would end the runtime: closing is noticed by whoever reads.
      socket.on("error", () => undefined);
      server.on("connection", (late) => late.destroy());
      resolve(socket);
    });
  });
  server.listen(path);
  await once(server, "listening");
  server.unref();
  return {
    path,
    connection,
    async [Symbol.asyncDispose]() {
      void connection.then((socket) => socket.destroy());
      await new Promise((resolve) => {
        server.close(resolve);
      });
    },
  };
}

/** Throws a ToolError where a socket of this path cannot exist. */
export function assertSocketPath(path: string): void {
  const bytes = Buffer.byteLength(path);
  if (bytes <= socketPathMaxBytes) return;
  throw new ToolError(
    `socket path is too long, got ${bytes} bytes (${path}); allowed: at most ${socketPathMaxBytes} bytes`,
    {
      hint: "Give the build a shorter folder: set TMPDIR, or build-dir in nix.conf.",
    },
  );
}
