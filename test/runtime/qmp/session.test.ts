import assert from "node:assert/strict";
import { once } from "node:events";
import { connect, createServer, type Socket } from "node:net";
import { join } from "node:path";
import { test } from "node:test";
import { openQmp } from "../../../src/runtime/qmp/session.ts";
import { makeTempFolder } from "../../support/temp-folder.ts";

/** Two ends of a unix socket. */
async function makePair(): Promise<AsyncDisposable & { ours: Socket; theirs: Socket }> {
  const temp = await makeTempFolder();
  const server = createServer().listen(join(temp.path, "s"));
  await once(server, "listening");
  const theirs = connect(join(temp.path, "s"));
  const ours = await new Promise<Socket>((resolve) => server.once("connection", resolve));
  return {
    ours,
    theirs,
    async [Symbol.asyncDispose]() {
      for (const socket of [ours, theirs]) socket.destroy();
      server.close();
      await temp[Symbol.asyncDispose]();
    },
  };
}

const greeting = '{"QMP": {"version": {}, "capabilities": []}}\r\n';

test("negotiates capabilities first, and keeps events that came before", async () => {
  await using pair = await makePair();
  const heard: string[] = [];
  pair.theirs.on("data", (chunk: Buffer) => {
    heard.push(chunk.toString().trim());
    pair.theirs.write(
      '{"event": "RESUME", "timestamp": {"seconds": 1, "microseconds": 0}}\r\n{"return": {}, "id": 1}\r\n',
    );
  });
  pair.theirs.write(greeting);
  const session = await openQmp(pair.ours);
  assert.deepEqual(heard, ['{"execute":"qmp_capabilities","id":1}']);
  const seen: string[] = [];
  const end = session.onEvent((event) => void seen.push(event.name));
  end();
  assert.deepEqual(seen, ["RESUME"]);
});

test("reports a connection that closes before the greeting", async () => {
  await using pair = await makePair();
  pair.theirs.end();
  await assert.rejects(openQmp(pair.ours), { message: "QMP connection closed before the greeting" });
});

test("reports a peer that never greets", async () => {
  await using pair = await makePair();
  await assert.rejects(openQmp(pair.ours, { greetingTimeoutMs: 30 }), {
    message: "QMP sent no greeting within 0.03 s",
  });
});

test("a command that is under way ends with the connection", async () => {
  await using pair = await makePair();
  pair.theirs.on("data", (chunk: Buffer) => {
    if (chunk.toString().includes("qmp_capabilities")) pair.theirs.write('{"return": {}, "id": 1}\r\n');
    else pair.theirs.destroy();
  });
  pair.theirs.write(greeting);
  const session = await openQmp(pair.ours);
  await assert.rejects(session.execute("query-status"), {
    message: "QMP connection closed while query-status was not answered yet",
  });
  await session.closed;
});
