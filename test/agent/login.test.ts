import assert from "node:assert/strict";
import type { Duplex } from "node:stream";
import { test } from "node:test";
import { type Login, startLogin } from "../../src/agent/login.ts";
import { type Guest, startGuest } from "./guest.ts";

/** Logs in by a connection that is closed only when a test says so: the controller's relay has to end a program first. */
async function logIn(guest: Guest): Promise<{ login: Login; connection: () => Duplex; close: () => void }> {
  let connection: Duplex | undefined;
  const closing = Promise.withResolvers<void>();
  const login = await startLogin(guest.login, {
    ...guest.ways,
    async connect(signal) {
      const opened = await guest.ways.connect(signal);
      /* oxlint-disable no-underscore-dangle -- Node's own name */
      const destroy = opened._destroy.bind(opened);
      opened._destroy = (reason, done) => void closing.promise.then(() => destroy(reason, done));
      /* oxlint-enable */
      connection = opened;
      return opened;
    },
  });
  return { login, connection: () => connection ?? assert.fail("no connection"), close: closing.resolve };
}

async function isSettled(promise: PromiseLike<void>): Promise<boolean> {
  const late = new Promise<boolean>((resolve) => {
    setTimeout(resolve, 60, false);
  });
  return Promise.race([promise.then(() => true), late]);
}

test("leaving a login waits until its connection is closed: the next one could not begin before", async () => {
  await using guest = await startGuest();
  const { login, connection, close } = await logIn(guest);
  const left = login[Symbol.asyncDispose]();
  assert.equal(await isSettled(left), false);
  close();
  await left;
  assert.equal(connection().closed, true);
});

test("nobody waits for a login that was abandoned, and its connection is dropped", async () => {
  await using guest = await startGuest();
  const { login, connection, close } = await logIn(guest);
  login.abandon();
  assert.equal(await isSettled(login[Symbol.asyncDispose]()), true);
  assert.equal(connection().destroyed, true);
  close();
});
