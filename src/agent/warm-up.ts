import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import ssh2, { type Connection, type ServerChannel } from "ssh2";
import { xchg } from "../contract/filenames.ts";
import type { RequestOf } from "../contract/messages.ts";
import type { AgentSettings } from "./agent-settings.ts";
import { executeScript } from "./execute.ts";
import { parseRequest } from "./parse-request.ts";
import type { Report } from "./serve.ts";

const account = { user: "warm-up", password: "warm-up" } as const;
const silent: Report = { step: async () => undefined, output: async () => undefined };

/**
 * Runs a session with a guest of its own, an SSH server on the loopback that answers as one whose command ends with 0: what runs the first
 * time is compiled then, and a frozen agent has it behind it. Nothing of it is used later, its host key least of all.
 */
export async function warmUp(settings: AgentSettings): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), "warm-up-"));
  try {
    const exchange = `${folder}/xchg`;
    await mkdir(`${exchange}/${xchg.run}`, { recursive: true });
    await writeFile(`${exchange}/${xchg.run}/main`, "");
    const keys = makeHostKeys();
    await using guest = await startGuest(keys.private, exchange);
    for (let times = 0; times < 3; times += 1) {
      const line = JSON.stringify(sampleRequest(guest.port, keys.public));
      const request = parseRequest(line);
      if (request.type !== "execute") throw new Error("the sample is an execute request");
      const { exitCode } = await executeScript(request, { ...settings, xchg: exchange }, { report: silent });
      if (exitCode !== 0) throw new Error(`warm-up: the session ended with ${exitCode}, wanted 0`);
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function sampleRequest(port: number, hostKey: string): RequestOf<"execute"> {
  return {
    id: 1,
    type: "execute",
    address: "127.0.0.1",
    port,
    ...account,
    hostKey,
    access: "cygwin",
    timeoutMs: 240_000,
    kind: "bash",
    script: "main",
    environment: { name: "warm-up" },
    passAsFile: [],
    structuredAttributes: false,
    outputs: { out: "/nix/store/00000000000000000000000000000000-warm-up" },
    makeOutputs: false,
    collect: "success",
    shell: null,
    desktopSeconds: null,
    last: false,
    setClockEpochSeconds: 0,
    sessionTimeoutMs: 240_000,
  };
}

/** ssh2 writes one public key of 256 without its leading zero, and then reads it as another one. */
function makeHostKeys(): { readonly private: string; readonly public: string } {
  for (;;) {
    const keys = ssh2.utils.generateKeyPairSync("ed25519");
    const [, base64 = ""] = keys.public.split(" ");
    if (Buffer.from(base64, "base64").length === 51) return keys;
  }
}

async function startGuest(
  hostKey: string,
  exchange: string,
): Promise<AsyncDisposable & { readonly port: number }> {
  const connections = new Set<Connection>();
  const server = new ssh2.Server({ hostKeys: [hostKey] }, (connection) => {
    connections.add(connection);
    connection.on("error", () => undefined);
    connection.on("authentication", (attempt) => {
      if (attempt.method === "password") attempt.accept();
      else attempt.reject(["password"]);
    });
    connection.on("session", (accept) => {
      accept().on("exec", (accepted, _reject, { command }) => void answer(accepted(), command, exchange));
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(0, "127.0.0.1", resolve);
  });
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- a TCP server's address is one
  const { port } = server.address() as AddressInfo;
  return {
    port,
    [Symbol.asyncDispose]: async () => {
      for (const connection of connections) connection.end();
      await new Promise<void>((resolve) => {
        server.close(() => resolve());
      });
    },
  };
}

/** As the session's script would: the marker's line, some output, the code, the channel's end. */
async function answer(channel: ServerChannel, command: string, exchange: string): Promise<void> {
  const marker = /casement-session [0-9a-f]+ mapped/.exec(command)?.[0] ?? "";
  channel.write(`${marker}\n`);
  channel.write("output\n");
  channel.stderr.write("more\n");
  await writeFile(`${exchange}/${xchg.exitCode}`, "0\n");
  channel.exit(0);
  channel.end();
}
