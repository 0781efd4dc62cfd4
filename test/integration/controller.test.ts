import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { z } from "zod";
import { untilReady } from "../../src/runtime/controller/start.ts";
import { skipWithout } from "../support/external-tools.ts";
import { type FrozenLab, freezeMinimalController, type Revived } from "./controller/frozen-lab.ts";
import { readClientRandomness, readSmbSalt } from "./controller/handshakes.ts";

const skip = skipWithout(["nix", "qemu-system-x86_64", "qemu-img", "vde_switch", "fallocate", "smbd"]);
const address = { address: "192.168.0.1", port: 22 } as const;
const stage = "test";
const readyMs = 60_000;

describe("the minimal controller, frozen and revived", { skip, timeout: 300_000 }, () => {
  let lab: FrozenLab;
  before(async () => {
    lab = await freezeMinimalController();
  });
  after(() => lab[Symbol.asyncDispose]());

  test("answers a request and powers off", async () => {
    await using revived = await lab.revive();
    const { agent } = revived.controller;
    await orItsConsole(revived, untilReady(revived.controller, revived.vitals, readyMs));
    await assert.rejects(
      agent.request({ type: "wait-for-ssh", ...address, port: 23, timeoutMs: 500 }, { stage }),
      /connect: waited \d+\.\d s for an SSH banner from 192\.168\.0\.1:23/,
    );
    await agent.request({ type: "power-off" }, { stage });
    assert.match((await revived.vitals.failed).message, /QEMU of the controller exited with 0/);
    assert.match(await revived.console(), /agent ended with 0/);
  });

  test("shares no randomness with another one: not the kernel's, Node's, SSH's or Samba's", async () => {
    await using first = await lab.revive();
    await using second = await lab.revive();
    const [one, two] = await Promise.all([first, second].map((revived) => collect(revived, lab.hostKey)));
    assert.ok(one !== undefined && two !== undefined);
    for (const [name, value] of Object.entries(one)) {
      const other = new Map(Object.entries(two)).get(name);
      assert.match(value, /^[0-9a-f]{32,}$/, name);
      assert.notEqual(value, other, `${name} is the same in two controllers`);
    }
  });

  test("says nothing while OpenSSL's generators would give what they give in every run: its clock has to leap", async () => {
    await using revived = await lab.revive({ clock: "2000-01-01T01:00:00" });
    assert.match(
      (await revived.vitals.failed).message,
      /QEMU of the controller exited with 0\n[^]*\| casement agent: randomness:/,
    );
    assert.match(
      await revived.console(),
      /randomness: the clock has to have moved by a day since the freeze/,
    );
    assert.equal(revived.controller.agent.lastSaid(), "nothing yet");
  });

  test("says nothing while the kernel's generator may still be another one's", async () => {
    await using revived = await lab.revive({ sameGeneration: true });
    assert.match((await revived.vitals.failed).message, /QEMU of the controller exited with 0/);
    assert.match(await revived.console(), /randomness: the kernel did not notice that it was revived/);
    assert.equal(revived.controller.agent.lastSaid(), "nothing yet");
  });
});

const drawnSchema = z.record(z.string(), z.string());

/** Everything random that a revived controller shows, by name; its clock is looked at on the way. */
async function collect(revived: Revived, hostKey: string): Promise<Record<string, string>> {
  const { controller, vitals } = revived;
  await orItsConsole(revived, untilReady(controller, vitals, readyMs));
  const { text = "" } = await controller.agent.request({ type: "draw-randomness" }, { stage });
  const random = drawnSchema.parse(JSON.parse(text));
  assert.deepEqual(Object.keys(random), ["kernel", "bytes", "keys", "thread"]);
  assert.match(await revived.console(), /Mar +4 05:06:0[78] UTC 2026/, "its clock is set");
  const login = {
    access: "cygwin",
    user: "nix",
    password: "secret",
    hostKey,
    desktopSeconds: null,
    timeoutMs: 30_000,
  } as const;
  await assert.rejects(
    controller.agent.request({ type: "check-session", ...address, ...login }, { stage }),
    /login: .*user nix was refused with this password/,
  );
  const smbSalt = await readSmbSalt(revived.smbPort);
  return { ...random, ...readClientRandomness(revived.sentBySsh()), smbSalt };
}

async function orItsConsole(revived: Revived, waiting: Promise<void>): Promise<void> {
  await waiting.catch(async (error: unknown) => {
    throw new Error(`${error instanceof Error ? error.message : String(error)}\n${await revived.console()}`);
  });
}
