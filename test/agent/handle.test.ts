import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";
import { createHandler } from "../../src/agent/handle.ts";
import { loadAgent } from "../../src/runtime/agent-client.ts";
import { collectReport } from "./collected-report.ts";
import { type Guest, type GuestFolders, makeGuestFolders, settingsFor, startGuest } from "./guest.ts";

function checkOf({ login }: Guest) {
  return { type: "check-session", ...login, desktopSeconds: null } as const;
}

test("a request that goes well is done, and has told its steps", async () => {
  await using folders = await makeGuestFolders();
  await using guest = await startGuest();
  const agent = createHandler(settingsFor(folders, guest));
  const talk = collectReport();
  assert.deepEqual(await agent.request({ type: "wait-for-ssh", timeoutMs: 5000 }, talk), {
    type: "done",
    exitCode: null,
  });
  assert.deepEqual(await agent.request(checkOf(guest), talk), { type: "done", exitCode: null });
  assert.equal(talk.steps.at(-1), "disconnect");
});

test("a request that comes to nothing says at what, why, and what was seen", async () => {
  await using folders = await makeGuestFolders();
  await using guest = await startGuest();
  const agent = createHandler(settingsFor(folders, guest));
  const end = await agent.request({ ...checkOf(guest), password: "wrong" }, collectReport());
  assert.deepEqual(end, {
    type: "failed",
    step: "login",
    reason: "192.168.0.1:22: user builder was refused with this password",
    observation: "All configured authentication methods failed",
  });
});

test("where nothing was seen, nothing is said of it", async () => {
  await using folders = await makeGuestFolders();
  await using guest = await startGuest();
  const agent = createHandler(settingsFor(folders, guest));
  const end = await agent.request({ ...checkOf(guest), hostKey: "ssh-rsa AAAA" }, collectReport());
  assert.deepEqual(end, {
    type: "failed",
    step: "host-key",
    reason: 'hostKey: expected an ssh-ed25519 public key line, got "ssh-rsa AAAA"',
  });
});

/** Of this guest, with shares of its own. */
function agentWith(folders: GuestFolders, guest: Guest, shares: Promise<void>) {
  let connections = 0;
  const settings = settingsFor(folders, guest);
  const agent = createHandler({
    ...settings,
    shares,
    connect: (signal) => {
      connections++;
      return settings.connect(signal);
    },
  });
  return { agent, connections: () => connections };
}

test("a session that has to leave nothing behind begins when the shares are up", async () => {
  await using folders = await makeGuestFolders();
  await using guest = await startGuest();
  const shares = Promise.withResolvers<void>();
  const { agent, connections } = agentWith(folders, guest, shares.promise);
  const checking = agent.request(checkOf(guest), collectReport());
  await new Promise((resolve) => {
    setTimeout(resolve, 20);
  });
  assert.equal(connections(), 0);
  shares.resolve();
  assert.equal((await checking).type, "done");
});

test("what is no failure of a step comes as it is", async () => {
  await using folders = await makeGuestFolders();
  await using guest = await startGuest();
  const { agent } = agentWith(folders, guest, Promise.reject(new Error("the controller is gone")));
  await assert.rejects(agent.request(checkOf(guest), collectReport()), { message: "the controller is gone" });
});

test("is what the runtime loads", async () => {
  await using folders = await makeGuestFolders();
  await using guest = await startGuest();
  const { createAgent } = await loadAgent(join(import.meta.dirname, "../../src/agent/main.ts"));
  const agent = createAgent(settingsFor(folders, guest));
  const end = await agent.request({ type: "wait-for-ssh", timeoutMs: 5000 }, collectReport());
  assert.equal(end.type, "done");
});
