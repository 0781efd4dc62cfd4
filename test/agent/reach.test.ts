import assert from "node:assert/strict";
import { once } from "node:events";
import { type AddressInfo, createServer, type Server, type Socket } from "node:net";
import { Duplex } from "node:stream";
import { test } from "node:test";
import { untilConnected, untilSshBanner } from "../../src/agent/reach.ts";
import { type Ways, waysTo } from "./ways.ts";

/** A server on loopback, and the way to it; leaving the scope breaks its connections. */
interface Listening extends AsyncDisposable {
  readonly ways: Ways;
  readonly server: Server;
  readonly sockets: readonly Socket[];
}

async function listen(answer: (socket: Socket) => void, port = 0): Promise<Listening> {
  const sockets: Socket[] = [];
  const server = createServer((socket) => {
    socket.on("error", () => undefined);
    sockets.push(socket);
    answer(socket);
  });
  await new Promise<void>((resolve) => {
    server.listen(port, "127.0.0.1", resolve);
  });
  return {
    server,
    sockets,
    ways: waysTo(portOf(server)),
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy();
      if (server.listening) await new Promise((resolve) => server.close(resolve));
    },
  };
}

function portOf(server: Server): number {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- a TCP server's address is one
  return (server.address() as AddressInfo).port;
}

/** A port of loopback at which nobody listens. */
async function closedPort(): Promise<number> {
  const { server } = await listen(() => undefined);
  const port = portOf(server);
  await new Promise((resolve) => server.close(resolve));
  return port;
}

test("waits until the banner comes, also after other lines, and closes the connection", async () => {
  await using guest = await listen((socket) => socket.write("hello\r\nSSH-2.0-OpenSSH_9.9\r\n"));
  assert.equal(await untilSshBanner(guest.ways, 5000), "SSH-2.0-OpenSSH_9.9");
  assert.doesNotMatch(await guest.ways.connections(), /0016/);
});

test("tries again when a connection closes without a banner", async () => {
  await using guest = await listen((socket) => {
    if (guest.sockets.length < 3) socket.destroy();
    else socket.write("SSH-2.0-x\n");
  });
  assert.equal(await untilSshBanner(guest.ways, 5000), "SSH-2.0-x");
  assert.equal(guest.sockets.length, 3);
});

test("waits for a banner where sshd does not listen yet", async () => {
  const port = await closedPort();
  const banner = untilSshBanner(waysTo(port), 5000);
  await new Promise((resolve) => {
    setTimeout(resolve, 120);
  });
  await using guest = await listen((socket) => socket.write("SSH-2.0-x\n"), port);
  assert.equal(await banner, "SSH-2.0-x");
  assert.equal(guest.sockets.length, 1);
});

for (const [title, answer, reason] of [
  [
    "another server",
    (socket: Socket) => socket.write("220 ftp\r\n"),
    /^waited 0\.\d s for an SSH banner from 192\.168\.0\.1:22; last seen: connected, but no banner within \d+ ms$/,
  ],
  [
    "a server that says too much",
    (socket: Socket) => socket.write("x".repeat(9000)),
    /last seen: connected, but this is no SSH server, got "x{80}"$/,
  ],
  ["a silent server", () => undefined, /; last seen: no answer in time$/],
] as const) {
  test(`${title} ends the wait in time, with what was seen`, async () => {
    await using guest = await listen(answer);
    await assert.rejects(untilSshBanner(guest.ways, 300), { step: "connect", message: reason });
  });
}

test("connects until the first word is there, and takes nothing of it", async () => {
  await using guest = await listen((socket) => socket.write("SSH-2.0-x\r\n"));
  const connection = await untilConnected(guest.ways, 5000);
  const said = await new Promise<Buffer>((resolve) => connection.once("data", resolve));
  assert.equal(said.toString(), "SSH-2.0-x\r\n");
  connection.destroy();
});

test("a refusal ends the wait for a connection at once", async () => {
  const started = performance.now();
  await assert.rejects(untilConnected(waysTo(await closedPort()), 5000), {
    step: "connect",
    message: /^192\.168\.0\.1:22: .*ECONNREFUSED/,
  });
  assert.ok(performance.now() - started < 2000);
});

test("tries anew where the connection fails, and ends in time with what was seen", async () => {
  // TCP has no broadcast: the kernel says so at once, and it is no refusal.
  await assert.rejects(untilConnected(waysTo(22, "255.255.255.255"), 400), {
    step: "connect",
    message: /^waited 0\.\d s for 192\.168\.0\.1:22 to take a connection; last seen: connect \S/,
  });
});

test("a connection that cannot be begun, because the one before does not end, ends the wait in time", async () => {
  const ways: Ways = {
    ...waysTo(1),
    async connect(signal) {
      await once(signal, "abort");
      throw signal.reason;
    },
  };
  await assert.rejects(untilConnected(ways, 100), { message: /last seen: no answer in time$/ });
});

test("what an attempt saw is not lost to one that the end of the wait cuts short", async () => {
  let attempts = 0;
  const ways: Ways = {
    ...waysTo(1),
    async connect(signal) {
      attempts++;
      if (attempts === 1) throw new Error("no route to host");
      await once(signal, "abort");
      throw signal.reason;
    },
  };
  await assert.rejects(untilConnected(ways, 100), { message: /last seen: no route to host$/ });
  assert.ok(attempts > 1);
});

/** Connections at which nothing is heard but what a test says, in a table that says what their state is. */
function makeSilentWays(): { ways: Ways; connections: Duplex[]; state: string } {
  const connections: Duplex[] = [];
  const parts = {
    state: "02",
    connections,
    ways: {
      connect: async () => {
        const connection = new Duplex({ read: () => undefined, write: (_chunk, _encoding, done) => done() });
        connections.push(connection);
        return connection;
      },
      connections: async () => `head\n   0: 0200A8C0:9000 0100A8C0:0016 ${parts.state} 0\n`,
      shares: Promise.resolve(),
    },
  };
  return parts;
}

/** Lets everything happen that waits for no timer. */
async function turn(): Promise<void> {
  for (let turns = 0; turns < 5; turns++) {
    await new Promise((resolve) => {
      setImmediate(resolve);
    });
  }
}

test("an attempt is given up where the guest's system does not answer, and kept where only sshd is slow", async (t) => {
  t.mock.timers.enable({ apis: ["setTimeout"] });
  const guest = makeSilentWays();
  const connecting = untilConnected(guest.ways, 60_000);
  await turn();
  t.mock.timers.tick(1499);
  await turn();
  assert.equal(guest.connections[0]?.destroyed, false);
  t.mock.timers.tick(1);
  await turn();
  assert.equal(guest.connections[0].destroyed, true);
  assert.equal(guest.connections.length, 1);
  t.mock.timers.tick(50);
  await turn();
  guest.state = "01";
  t.mock.timers.tick(20_000);
  await turn();
  assert.equal(guest.connections.length, 2);
  guest.connections[1]?.push("SSH-2.0-x\r\n");
  assert.equal(await connecting, guest.connections[1]);
});

test("an sshd that takes the connection and says nothing is named as such", async (t) => {
  t.mock.timers.enable({ apis: ["setTimeout"] });
  const guest = makeSilentWays();
  guest.state = "01";
  const now = t.mock.method(performance, "now", () => 0);
  const refused = assert.rejects(untilConnected(guest.ways, 10_000), {
    step: "connect",
    message:
      "waited 10.0 s for 192.168.0.1:22 to take a connection; last seen: connected, but nothing was said in time",
  });
  await turn();
  t.mock.timers.tick(1500);
  await turn();
  now.mock.mockImplementation(() => 10_000);
  t.mock.timers.tick(8500);
  await refused;
});
