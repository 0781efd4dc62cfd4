import assert from "node:assert/strict";
import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { createServer, connect, type Socket } from "node:net";
import { join } from "node:path";
import { type Duplex, duplexPair } from "node:stream";
import { buffer } from "node:stream/consumers";
import { test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { createRelay, type Relay } from "../../../src/runtime/controller/relay.ts";
import { createControllerWords } from "../../../src/runtime/controller/words.ts";
import { createVitals } from "../../../src/runtime/vitals.ts";
import { makeTempFolder } from "../../support/temp-folder.ts";

const signal = new AbortController().signal;

/** The other end of a relay's port and words, which says what a test has it say. */
interface FakeController extends AsyncDisposable {
  readonly relay: Relay;
  /** The runtime's end of the port, and the controller's. */
  readonly port: Socket;
  readonly ssh: Socket;
  /** Says how the connection has ended, sends bytes that the word has overtaken, and then what is asked for. */
  close(end: string, lastBytes?: Buffer): Promise<void>;
  /** Words that the controller was told. */
  readonly heard: readonly string[];
}

async function startController({ hasBegun = false } = {}): Promise<FakeController> {
  const folder = await makeTempFolder();
  const path = join(folder.path, "ssh");
  const server = createServer().listen(path);
  await once(server, "listening");
  const ssh = connect(path);
  const port = await new Promise<Socket>((resolve) => server.once("connection", resolve));
  server.close();
  for (const socket of [port, ssh]) socket.on("error", () => undefined);
  const [ours, theirs] = duplexPair();
  const heard: string[] = [];
  theirs.on("data", (chunk: Buffer) => {
    for (const word of chunk.toString().trim().split("\n")) {
      if (word === "connections") theirs.write("tcp \n");
      else heard.push(word);
    }
  });
  return {
    relay: createRelay(port, createControllerWords(ours, createVitals()), { hasBegun }),
    port,
    ssh,
    heard,
    async close(end, lastBytes = Buffer.alloc(0)) {
      theirs.write(`closed ${end}\n`);
      ssh.write(lastBytes);
      await untilAsked(ssh);
      ssh.write("\n\0casement: this was the last byte\n");
    },
    async [Symbol.asyncDispose]() {
      port.destroy();
      ssh.destroy();
      await folder[Symbol.asyncDispose]();
    },
  };
}

/** Waits until what stands behind the last byte is asked for, and takes all that has come. */
async function untilAsked(socket: Socket): Promise<void> {
  let taken = "";
  for (;;) {
    const chunk: unknown = socket.read();
    if (chunk instanceof Buffer) taken += chunk.toString("latin1");
    if (taken.endsWith("\nend\n")) return;
    if (chunk === null) await once(socket, "readable");
  }
}

/** Waits until so many bytes have come, and takes them. */
async function take(socket: Socket, bytes: number): Promise<string> {
  let taken: Buffer = Buffer.alloc(0);
  for (;;) {
    const chunk: unknown = socket.read();
    if (chunk instanceof Buffer) taken = Buffer.concat([taken, chunk]);
    if (taken.length >= bytes) break;
    if (chunk === null) await once(socket, "readable");
  }
  if (taken.length > bytes) socket.unshift(taken.subarray(bytes));
  return taken.subarray(0, bytes).toString();
}

/** The reason. */
function untilFailed(connection: Duplex): Promise<string> {
  return new Promise((resolve) => connection.once("error", ({ message }) => resolve(message)));
}

/** Not by `once`, which an error ends. */
function untilClosed(connection: Duplex): Promise<void> {
  return new Promise((resolve) => connection.once("close", resolve));
}

test("a connection begins with a line of its own, and its bytes go both ways as they are", async () => {
  await using controller = await startController();
  const { relay, ssh } = controller;
  const connection = await relay.connect(signal);
  connection.write(Buffer.from([0xff, 0, 10]));
  const begin = Buffer.from("\nconnect\n");
  assert.equal(await take(ssh, begin.length), begin.toString());
  assert.equal(await take(ssh, 3), Buffer.from([0xff, 0, 10]).toString());
  ssh.write(Buffer.from([0x80, 13, 10]));
  assert.deepEqual(await once(connection, "data"), [Buffer.from([0x80, 13, 10])]);
});

test("what came before the end is read to its last byte, also where the end is told first", async () => {
  await using controller = await startController();
  const connection = await controller.relay.connect(signal);
  const whole = buffer(connection);
  const sent = Buffer.alloc(3 * 2 ** 20, "0123456789abcdef!");
  controller.ssh.write(sent);
  const late = Buffer.from("\n\0casement: this was nothing\n\0casement: ");
  await controller.close("0", late);
  assert.ok(Buffer.concat([sent, late]).equals(await whole));
  assert.deepEqual(controller.heard, [], "one that has ended needs no end");
});

test("no byte waits for another, whatever follows it", async () => {
  await using controller = await startController();
  const connection = await controller.relay.connect(signal);
  const mark = "\n\0casement: this was the last byte\n";
  for (let length = 1; length <= mark.length; length += 1) {
    const part = mark.slice(0, length);
    controller.ssh.write(part);
    assert.equal(String((await once(connection, "data"))[0]), part);
  }
});

test("what came before the end waits for a reader that takes its time", async () => {
  await using controller = await startController();
  const connection = await controller.relay.connect(signal);
  const sent = Buffer.alloc(3 * 2 ** 20, "0123456789abcdef!");
  controller.ssh.write(sent);
  await sleep(20);
  await controller.close("0");
  await sleep(100);
  assert.ok(sent.equals(await buffer(connection)));
});

test("what nobody reads stays in the controller", async () => {
  await using controller = await startController();
  const connection = await controller.relay.connect(signal);
  const sent = Buffer.alloc(8 * 2 ** 20, "fedcba9876543210!");
  const isSent = new Promise<true>((resolve) => controller.ssh.write(sent, () => resolve(true)));
  assert.equal(await Promise.race([isSent, sleep(60, false)]), false);
  const whole = buffer(connection);
  await isSent;
  await controller.close("0");
  assert.ok(sent.equals(await whole));
});

test("what the controller does not take is not taken from who writes it", async () => {
  await using controller = await startController();
  const connection = await controller.relay.connect(signal);
  const sent = Buffer.alloc(2 ** 20, "0123456789abcdef!");
  let written = 0;
  for (let times = 0; times < 4; times++) connection.write(sent, () => written++);
  await sleep(40);
  assert.ok(written < 4, `${written} of 4 pieces are gone`);
  assert.equal(connection.writableNeedDrain, true);
  const drained = once(connection, "drain");
  const begin = "\nconnect\n".length;
  const got = (await take(controller.ssh, begin + 4 * sent.length)).slice(begin);
  await drained;
  assert.equal(got, sent.toString().repeat(4));
});

test("small writes of one turn leave as one piece", async (t) => {
  await using controller = await startController();
  const connection = await controller.relay.connect(signal);
  await take(controller.ssh, "\nconnect\n".length);
  const single = t.mock.method(controller.port, "_write");
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- @types/node says that it may be missing
  const many = t.mock.method(controller.port as Required<Socket>, "_writev");
  for (const piece of ["length", "payload", "mac"]) connection.write(piece);
  assert.equal(await take(controller.ssh, "lengthpayloadmac".length), "lengthpayloadmac");
  assert.deepEqual([single.mock.callCount(), many.mock.callCount()], [0, 1]);
});

for (const [line, reason] of [
  [
    "1 nc: can't connect to remote host (192.168.0.1): Connection refused",
    "nc: can't connect to remote host (192.168.0.1): Connection refused",
  ],
  ["143", "the relay ended with 143"],
] as const) {
  test(`a connection that ends badly has an error, which says why: ${line}`, async () => {
    await using controller = await startController();
    const connection = await controller.relay.connect(signal);
    const failed = untilFailed(connection);
    const closed = untilClosed(connection);
    await controller.close(line);
    assert.equal(await failed, reason);
    await closed;
    assert.deepEqual(controller.heard, []);
  });
}

test("an error that nobody hears ends no process", async () => {
  await using controller = await startController();
  const connection = await controller.relay.connect(signal);
  await controller.close("1");
  await untilClosed(connection);
});

test("a connection that is dropped is ended in the controller, which is told until it says that it is", async (t) => {
  await using controller = await startController();
  const connection = await controller.relay.connect(signal);
  t.mock.timers.enable({ apis: ["setInterval"] });
  connection.destroy();
  const closed = once(connection, "close");
  await sleep(1);
  assert.deepEqual(controller.heard, ["disconnect"]);
  t.mock.timers.tick(1000);
  await sleep(1);
  assert.deepEqual(controller.heard, ["disconnect", "disconnect", "disconnect"]);
  assert.equal(connection.closed, false);
  await controller.close("143");
  await closed;
  t.mock.timers.tick(1000);
  await sleep(1);
  assert.equal(controller.heard.length, 3);
});

test("the next connection waits for the end of the one before, and hears nothing of it", async () => {
  await using controller = await startController();
  const { relay, ssh } = controller;
  const first = await relay.connect(signal);
  await take(ssh, "\nconnect\n".length);
  ssh.write("of the first");
  assert.equal(String((await once(first, "data"))[0]), "of the first");
  first.destroy();
  let isOpen = false;
  const opening = relay.connect(signal).then((connection) => {
    isOpen = true;
    return connection;
  });
  ssh.write("the rest of the first");
  await sleep(30);
  assert.equal(isOpen, false);
  assert.equal(ssh.read(), null, "it was begun too early");
  await controller.close("143", Buffer.from(", and its very last"));
  const second = await opening;
  assert.equal(await take(ssh, "\nconnect\n".length), "\nconnect\n");
  ssh.write("of the second");
  assert.equal(String((await once(second, "data"))[0]), "of the second");
});

test("an attempt that is given up while it waits begins no connection", async () => {
  await using controller = await startController();
  const { relay, ssh } = controller;
  const first = await relay.connect(signal);
  await take(ssh, "\nconnect\n".length);
  const giveUp = new AbortController();
  const opening = relay.connect(giveUp.signal);
  giveUp.abort();
  await assert.rejects(opening, { name: "AbortError" });
  await assert.rejects(relay.connect(giveUp.signal), { name: "AbortError" });
  first.destroy();
  await controller.close("143");
  await once(first, "close");
  await sleep(5);
  assert.equal(ssh.read(), null);
  await relay.connect(signal);
  assert.equal(await take(ssh, "\nconnect\n".length), "\nconnect\n");
});

test("a port that closes ends its connection, and each that comes after it", async () => {
  await using controller = await startController();
  const first = await controller.relay.connect(signal);
  const failed = untilFailed(first);
  controller.ssh.destroy();
  assert.equal(await failed, "the controller is gone");
  const second = await controller.relay.connect(signal);
  assert.equal(await untilFailed(second), "the controller is gone");
});

test("a frozen controller's first connection has begun: nothing is said, and what came first is kept", async () => {
  await using controller = await startController({ hasBegun: true });
  const { relay, ssh } = controller;
  ssh.write("SSH-2.0-x\r\n");
  await sleep(5);
  const connection = await relay.connect(signal);
  assert.equal(String((await once(connection, "data"))[0]), "SSH-2.0-x\r\n");
  connection.write("hello");
  assert.equal(await take(ssh, 5), "hello");
  connection.destroy();
  await controller.close("143");
  await relay.connect(signal);
  assert.equal(await take(ssh, "\nconnect\n".length), "\nconnect\n", "the second is as any other");
});

test("a frozen controller's first connection that has failed meanwhile gives way to a new one", async () => {
  await using controller = await startController({ hasBegun: true });
  await controller.close("1 nc: timed out");
  await sleep(40);
  const connection = await controller.relay.connect(signal);
  assert.equal(await take(controller.ssh, "\nconnect\n".length), "\nconnect\n");
  assert.equal(connection.destroyed, false);
});

test("connections leave nothing at the port", async () => {
  await using controller = await startController();
  const { port } = controller;
  const listeners = (): number[] => ["close", "data", "drain"].map((event) => port.listenerCount(event));
  const before = listeners();
  for (let times = 0; times < 3; times++) {
    const connection = await controller.relay.connect(signal);
    await controller.close("1 nc: no route to host");
    await untilClosed(connection);
  }
  assert.deepEqual(listeners(), before);
});

test("the controller's script knows the same lines", async () => {
  const script = await readFile(join(import.meta.dirname, "../../../templates/controller/relay.sh"), "utf8");
  assert.match(script, /connect\) relay_one ;;/);
  assert.ok(script.includes(String.raw`end) printf '\n\0casement: this was the last byte\n' >&6`));
});
