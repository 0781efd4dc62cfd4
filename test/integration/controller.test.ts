import assert from "node:assert/strict";
import { createHash, randomBytes } from "node:crypto";
import { once } from "node:events";
import { readFile, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import type { Readable, Writable } from "node:stream";
import { after, before, describe, test } from "node:test";
import { guestConnections } from "../../src/agent/connections.ts";
import { run } from "../../src/process/run.ts";
import { until } from "../../src/process/until.ts";
import { untilReady } from "../../src/runtime/controller/start.ts";
import { skipWithout } from "../support/external-tools.ts";
import { type FrozenLab, freezeMinimalController, type Revived } from "./controller/frozen-lab.ts";
import { readSmbSalt } from "./controller/smb-salt.ts";

const skip = skipWithout([
  "nix",
  "qemu-system-x86_64",
  "qemu-img",
  "vde_switch",
  "fallocate",
  "smbd",
  "smbclient",
]);
const readyMs = 60_000;

describe("the minimal controller, frozen and revived", { skip, timeout: 300_000 }, () => {
  let lab: FrozenLab;
  before(async () => {
    lab = await freezeMinimalController();
  });
  after(() => lab[Symbol.asyncDispose]());

  describe("with a guest", () => {
    let revived: Revived;
    before(async () => {
      revived = await lab.revive();
      await orItsConsole(revived, untilReady(revived.controller, revived.vitals, readyMs));
    });
    after(() => revived[Symbol.asyncDispose]());

    /** Both ends of a new connection: the runtime's and the guest's. */
    const connect = async () => {
      const near = await revived.controller.relay.connect(new AbortController().signal);
      return { near, far: await revived.guest.accept() };
    };

    test("has the time on its clock that it was woken with", async () => {
      // It is set after the shares are up.
      await until({
        what: "the controller's clock to be set",
        timeoutMs: 10_000,
        probe: async () => (/Mar +4 05:06:07 UTC 2026/.test(await revived.console()) ? true : undefined),
      });
    });

    test("shares the folders of this host that it has mounted since it woke", async () => {
      const { smbPort, xchg } = revived;
      await writeFile(join(xchg, "from-host"), "from the host\n");
      const commands = `get from-host ${join(xchg, "got")}; put ${join(xchg, "got")} from-guest`;
      const login = ["-U", "builder%secret", "-p", String(smbPort), "-s", "/dev/null"];
      await run({ file: "smbclient", args: ["//127.0.0.1/xchg", ...login, "-c", commands] });
      assert.equal(await readFile(join(xchg, "from-guest"), "utf8"), "from the host\n");
      const { stdout } = await run({
        file: "smbclient",
        args: ["//127.0.0.1/nixstore", ...login, "-c", `ls ${basename(lab.controller)}/*`],
      });
      assert.match(stdout, /^ +initrd +N +\d+/m);
    });

    test("relays what runtime and guest send each other at the same time, whole and in order", async () => {
      const { near, far } = await connect();
      const [there, back] = [randomBytes(4_000_003), randomBytes(5_000_001)];
      const arrived = Promise.all([hashOf(far, there.length), hashOf(near, back.length)]);
      await Promise.all([write(near, there), write(far, back)]);
      assert.deepEqual(await arrived, [sha256(there), sha256(back)]);
      near.destroy();
      await Promise.all([once(near, "close"), untilEnded(far)]);
    });

    test("relays the next connection when the one before was closed by the guest, and nothing of the one before", async () => {
      const first = await connect();
      first.far.end("goodbye");
      assert.equal(await textOf(first.near), "goodbye");
      const second = await connect();
      second.near.write("again");
      assert.equal(await firstOf(second.far), "again");
      second.far.end("yes");
      assert.equal(await textOf(second.near), "yes");
    });

    test("ends a connection that hangs, and tells no later one what it left unread", async () => {
      const { words } = revived.controller;
      const { near, far } = await connect();
      far.write("SSH-");
      assert.equal(await firstOf(near), "SSH-");
      assert.deepEqual(
        guestConnections(await words.connections()).map(({ to, isEstablished }) => [to, isEstablished]),
        [["ssh", true]],
      );
      // The guest reads nothing of it: some of it stays on the way.
      far.pause();
      const unread = randomBytes(900_000);
      near.write(unread);
      near.destroy();
      await once(near, "close");
      assert.ok((await bytesOf(far)) < unread.length, "all of it was read");
      const next = await connect();
      next.near.write("\nconnect\nnext\n");
      assert.equal(await firstOf(next.far), "\nconnect\nnext\n");
      next.far.end();
      assert.equal(await textOf(next.near), "");
    });
  });

  test("tells why the guest's port could not be reached, in nc's words", async () => {
    await using revived = await lab.revive({ refused: true });
    const { controller, vitals } = revived;
    await orItsConsole(revived, untilReady(controller, vitals, readyMs));
    for (const time of ["first", "second"]) {
      const near = await controller.relay.connect(new AbortController().signal);
      await assert.rejects(once(near, "end"), /192\.168\.0\.1.*Connection refused/, time);
    }
  });

  test("shares no randomness with another one: not the kernel's, nor Samba's", async () => {
    await using first = await lab.revive();
    await using second = await lab.revive();
    const [one, two] = await Promise.all([first, second].map(collect));
    assert.ok(one !== undefined && two !== undefined);
    for (const name of ["kernel", "smbSalt"] as const) {
      assert.match(one[name], /^[0-9a-f]{64}$/, name);
      assert.notEqual(one[name], two[name], `${name} is the same in two controllers`);
    }
  });

  test("says nothing while the kernel's generator may still be another one's", async () => {
    await using revived = await lab.revive({ sameGeneration: true });
    assert.match((await revived.vitals.failed).message, /QEMU of the controller exited with 0/);
    assert.match(await revived.console(), /randomness: the kernel did not notice that it was revived/);
    assert.equal(revived.controller.words.lastSaid(), "nothing yet");
  });
});

/** Everything random that a revived controller shows, in hexadecimal. */
async function collect(revived: Revived): Promise<{ readonly kernel: string; readonly smbSalt: string }> {
  const { controller, vitals, smbPort } = revived;
  await orItsConsole(revived, untilReady(controller, vitals, readyMs));
  return { kernel: await controller.words.random(), smbSalt: await readSmbSalt(smbPort) };
}

async function orItsConsole(revived: Revived, waiting: Promise<void>): Promise<void> {
  await waiting.catch(async (error: unknown) => {
    throw new Error(`${error instanceof Error ? error.message : String(error)}\n${await revived.console()}`);
  });
}

function sha256(data: Buffer): string {
  return createHash("sha256").update(data).digest("hex");
}

/** The hash of the next so many bytes; rejects where more of them came, or the stream ended before. */
async function hashOf(stream: Readable, bytes: number): Promise<string> {
  const hash = createHash("sha256");
  let left = bytes;
  return new Promise((resolve, reject) => {
    stream.once("error", reject);
    stream.once("close", () => reject(new Error(`closed ${left} bytes before the end`)));
    stream.on("data", (chunk: Buffer) => {
      hash.update(chunk);
      left -= chunk.length;
      if (left === 0) resolve(hash.digest("hex"));
      if (left < 0) reject(new Error(`${-left} bytes more than were sent`));
    });
  });
}

async function write(stream: Writable, data: Buffer): Promise<void> {
  // In pieces of no round size, as an SSH client's are.
  for (let at = 0; at < data.length; at += 70_001)
    if (!stream.write(data.subarray(at, at + 70_001))) await once(stream, "drain");
}

async function firstOf(stream: Readable): Promise<string> {
  return new Promise((resolve, reject) => {
    stream.once("data", (chunk: Buffer) => resolve(chunk.toString()));
    stream.once("error", reject);
  });
}

async function bytesOf(stream: Readable): Promise<number> {
  let bytes = 0;
  stream.on("data", (chunk: Buffer) => (bytes += chunk.length));
  stream.resume();
  await once(stream, "end");
  return bytes;
}

/** Everything until it ends. */
async function textOf(stream: Readable): Promise<string> {
  let text = "";
  stream.on("data", (chunk: Buffer) => (text += chunk.toString()));
  await once(stream, "end");
  return text;
}

async function untilEnded(stream: Readable): Promise<void> {
  stream.resume();
  if (!stream.readableEnded) await once(stream, "end");
}
