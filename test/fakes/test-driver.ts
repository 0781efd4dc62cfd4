import { once } from "node:events";
import { connect, createServer, type Server, type Socket } from "node:net";
import { join } from "node:path";

/**
 * What the driver of a NixOS test does with one machine (nixpkgs, nixos/lib/test-driver): the sockets that it listens on, what it adds
 * to QEMU's command line, and its way to run a command. It is nixpkgs 26.11's, in words of ours.
 */
export interface TestDriver extends AsyncDisposable {
  /** As it appends them to a machine's start script. */
  readonly words: readonly string[];
  /** Waits until it takes the machine for started, from when on it reads what its program says: it has the monitor, and QMP answers. */
  started(): Promise<void>;
  /** Waits for the shell's greeting. */
  connect(): Promise<void>;
  /** Status and standard output of a command; needs `connect` first. */
  execute(command: string): Promise<{ readonly status: number; readonly output: string }>;
  /** Types a line and waits for nothing. */
  type(line: string): void;
  /** What it does at the end of a test. */
  release(): void;
}

/** Listens in a folder. */
export async function startTestDriver(
  folder: string,
  options: { readonly allowReboot?: boolean } = {},
): Promise<TestDriver> {
  const monitor = await listen(join(folder, "monitor"));
  const shell = await listen(join(folder, "shell"));
  let qmp: Socket | undefined;
  const lines = shell.connection.then(readLines);
  lines.catch(() => undefined);
  const type = (line: string): void => {
    void shell.connection.then((socket) => socket.write(`${line}\n`));
  };
  const ask = async (line: string): Promise<string> => {
    type(line);
    return (await lines)();
  };
  return {
    words: words(folder, options),
    async started() {
      await monitor.connection;
      qmp = connect(join(folder, "qmp"));
      const lineOf = readLines(qmp);
      await once(qmp, "connect");
      if (!(await lineOf()).startsWith('{"QMP"')) throw new Error("no QMP");
      qmp.write('{"execute": "qmp_capabilities"}\n');
      if (!(await lineOf()).startsWith('{"return"')) throw new Error("QMP refused its capabilities");
    },
    async connect() {
      while (!(await (await lines)()).includes("Spawning backdoor root shell..."));
    },
    async execute(command) {
      const quoted = `'set -euo pipefail; ${command.replaceAll("'", `'"'"'`)}'`;
      const output = await ask(`timeout 900 bash -c ${quoted} | (base64 -w 0; echo)`);
      const status = Number(await ask("echo ${PIPESTATUS[0]}"));
      return { status, output: Buffer.from(output, "base64").toString() };
    },
    type,
    release() {
      void shell.connection.then((socket) => socket.destroy());
    },
    async [Symbol.asyncDispose]() {
      qmp?.destroy();
      for (const { server, connection } of [monitor, shell]) {
        void connection.then((socket) => socket.destroy());
        server.close();
      }
    },
  };
}

function words(folder: string, { allowReboot }: { readonly allowReboot?: boolean }): readonly string[] {
  // biome-ignore format: an option and its value stay on one line
  return [
    "-qmp", `unix:${folder}/qmp,server=on,wait=off`,
    "-monitor", `unix:${folder}/monitor`,
    "-chardev", `socket,id=shell,path=${folder}/shell`,
    "-device", "virtio-serial",
    "-device", "virtconsole,chardev=shell",
    "-device", "virtio-rng-pci",
    "-serial", "stdio",
    ...(allowReboot === true ? [] : ["-no-reboot"]),
    "-nographic",
  ];
}

async function listen(path: string): Promise<{ server: Server; connection: Promise<Socket> }> {
  const server = createServer();
  const connection = once(server, "connection").then(([socket]: Socket[]) => {
    if (socket === undefined) throw new Error(`${path}: a connection without a socket`);
    return socket.on("error", () => undefined);
  });
  server.listen(path);
  await once(server, "listening");
  return { server, connection };
}

/** A function that returns the next line; rejects at the end of the stream, as the driver's reads come back empty. */
function readLines(socket: Socket): () => Promise<string> {
  const waiting: string[] = [];
  let rest = "";
  let news = Promise.withResolvers<void>();
  let closed = false;
  const wake = (): void => {
    news.resolve();
    news = Promise.withResolvers<void>();
  };
  socket.setEncoding("utf8").on("data", (chunk: string) => {
    const parts = (rest + chunk).split("\n");
    rest = parts.pop() ?? "";
    waiting.push(...parts);
    wake();
  });
  socket.on("close", () => {
    closed = true;
    wake();
  });
  return async () => {
    while (waiting.length === 0) {
      if (closed) throw new Error("the shell was closed");
      await news.promise;
    }
    return waiting.shift() ?? "";
  };
}
