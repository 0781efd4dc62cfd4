import assert from "node:assert/strict";
import { type AddressInfo, createServer, type Server, type Socket } from "node:net";
import { test } from "node:test";
import { untilConnected, untilListening, untilSshBanner } from "../../src/agent/reach.ts";

async function listen(answer: (socket: Socket) => void): Promise<{ server: Server; port: number }> {
  const server = createServer((socket) => {
    socket.on("error", () => undefined);
    answer(socket);
  });
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- a TCP server's address is one
  return { server, port: (server.address() as AddressInfo).port };
}

test("waits until the banner comes, also after other lines", async () => {
  const { server, port } = await listen((socket) => socket.write("hello\r\nSSH-2.0-OpenSSH_9.9\r\n"));
  assert.equal(await untilSshBanner({ address: "127.0.0.1", port }, 5000), "SSH-2.0-OpenSSH_9.9");
  server.close();
});

test("tries again when a connection closes without a banner", async () => {
  let calls = 0;
  const { server, port } = await listen((socket) => {
    calls += 1;
    if (calls < 3) socket.destroy();
    else socket.write("SSH-2.0-x\n");
  });
  assert.equal(await untilSshBanner({ address: "127.0.0.1", port }, 5000), "SSH-2.0-x");
  assert.equal(calls, 3);
  server.close();
});

for (const [title, answer, reason] of [
  ["another server", (socket: Socket) => socket.write("220 ftp\r\n"), /waited 0\.\d s for an SSH banner/],
  ["a silent server", () => undefined, /connected, but no banner within/],
] as const) {
  test(`${title} ends the wait in time, with what was seen`, async () => {
    const sockets: Socket[] = [];
    const { server, port } = await listen((socket) => {
      sockets.push(socket);
      answer(socket);
    });
    await assert.rejects(untilSshBanner({ address: "127.0.0.1", port }, 300), (error: Error) => {
      assert.match(error.message, reason);
      return true;
    });
    for (const socket of sockets) socket.destroy();
    server.close();
  });
}

test("waits for a listener and says what refused", async () => {
  const { server, port } = await listen(() => undefined);
  await untilListening({ address: "127.0.0.1", port }, 1000);
  server.close();
  await assert.rejects(untilListening({ address: "127.0.0.1", port }, 100), /a listener on .*ECONNREFUSED/);
});

test("connects at once where somebody listens, and a refusal ends the wait at once", async () => {
  const { server, port } = await listen(() => undefined);
  (await untilConnected({ address: "127.0.0.1", port }, 5000)).destroy();
  server.close();
  const started = performance.now();
  await assert.rejects(untilConnected({ address: "127.0.0.1", port }, 5000), {
    step: "connect",
    message: new RegExp(`^127\\.0\\.0\\.1:${port}: .*ECONNREFUSED`),
  });
  assert.ok(performance.now() - started < 2000);
});

test("tries anew where nobody answers, and ends in time with what was seen", async () => {
  // TCP has no broadcast: the kernel says so at once, and it is no refusal.
  await assert.rejects(untilConnected({ address: "255.255.255.255", port: 22 }, 400), {
    step: "connect",
    message: /^waited 0\.\d s for 255\.255\.255\.255:22 to take a connection; last seen: \S/,
  });
});
