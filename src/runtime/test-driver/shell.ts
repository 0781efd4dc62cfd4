import { once } from "node:events";
import { connect } from "node:net";
import { ToolError } from "../../errors.ts";
import type { Console, ConsoleListener } from "../console.ts";

/** The socket that the driver of a NixOS test takes for a machine's shell. */
export interface DriverShell extends Disposable {
  /** What the driver types. What comes while no session is there waits for the first one, and is lost between two. */
  readonly console: Console;
  /** Hands on what the shell writes. */
  write(data: Buffer): void;
  /** Settles when the driver has closed it. */
  readonly closed: Promise<void>;
}

/** Connects to the driver, which waits for it from the machine's start on. */
export async function connectDriverShell(path: string): Promise<DriverShell> {
  const socket = connect(path);
  await once(socket, "connect").catch((cause: unknown) => {
    throw new ToolError(`the shell's socket ${path} of the test's driver cannot be reached`, { cause });
  });
  socket.on("error", () => undefined);
  const closed = once(socket, "close").then(() => undefined);
  let early: Buffer[] | undefined = [];
  let listener: ConsoleListener | undefined;
  socket.on("data", (chunk: Buffer) => {
    if (listener !== undefined) listener.data(chunk);
    else early?.push(chunk);
  });
  return {
    console: {
      terminal: null,
      left: new Promise(() => undefined),
      attach(to) {
        listener = to;
        for (const chunk of early ?? []) to.data(chunk);
        early = undefined;
        return {
          [Symbol.dispose]() {
            listener = undefined;
          },
        };
      },
    },
    write: (data) => void socket.write(data),
    closed,
    [Symbol.dispose]: () => socket.destroy(),
  };
}
