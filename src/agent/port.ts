import { open, readdir, readFile } from "node:fs/promises";
import { agentPortName } from "../contract/filenames.ts";

/** The agent's end of its connection with the runtime. */
export interface Port {
  /** Ends when the other side has gone. */
  readonly received: AsyncIterable<Uint8Array>;
  /** Settles when the bytes are handed over, so that whoever waits for it writes no faster than the runtime reads. */
  write(bytes: Uint8Array): Promise<void>;
}

/** Path of the virtio-serial port named agentPortName, such as /dev/vport1p1; its number depends on the PCI slot. */
export async function findAgentPort(options: { sys?: string; dev?: string } = {}): Promise<string> {
  const sys = options.sys ?? "/sys/class/virtio-ports";
  const seen: string[] = [];
  for (const device of await readdir(sys).catch(() => [])) {
    const name = (await readFile(`${sys}/${device}/name`, "utf8").catch(() => "")).trim();
    if (name === agentPortName) return `${options.dev ?? "/dev"}/${device}`;
    seen.push(`${device} ${JSON.stringify(name)}`);
  }
  throw new Error(
    `${sys}: no port is named ${agentPortName}, got ${seen.length === 0 ? "no ports" : seen.join(", ")}; QEMU needs -device virtserialport,name=${agentPortName}`,
  );
}

/**
 * Opens a character device (or a pipe-like file) for both directions. A virtio-serial port blocks a write until the
 * host has connected and reads end of file when the host has gone.
 */
export async function openPort(path: string): Promise<Port> {
  const file = await open(path, "r+");
  const readChunk = async (): Promise<Uint8Array | undefined> => {
    const { buffer, bytesRead } = await file.read(Buffer.allocUnsafe(65_536), 0, 65_536, null);
    return bytesRead === 0 ? undefined : buffer.subarray(0, bytesRead);
  };
  return {
    received: chunks(readChunk),
    write: (bytes) => writeAll(bytes, async (part) => (await file.write(part)).bytesWritten),
  };
}

/** stdin and stdout as a port, for trying an agent by hand and for tests. */
export function standardPort(): Port {
  return {
    received: process.stdin,
    write: (bytes) =>
      new Promise((resolve, reject) => {
        process.stdout.write(bytes, (error) => (error ? reject(error) : resolve()));
      }),
  };
}

async function* chunks(read: () => Promise<Uint8Array | undefined>): AsyncGenerator<Uint8Array> {
  for (;;) {
    const chunk = await read();
    if (chunk === undefined) return;
    yield chunk;
  }
}

/** A port may take a part only (its queue is full). */
async function writeAll(bytes: Uint8Array, write: (part: Uint8Array) => Promise<number>): Promise<void> {
  for (let rest = bytes; rest.length > 0; ) rest = rest.subarray(await write(rest));
}
