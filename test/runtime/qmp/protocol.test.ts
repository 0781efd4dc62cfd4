import assert from "node:assert/strict";
import { test } from "node:test";
import {
  createQmpProtocol,
  QmpClosed,
  type QmpEvent,
  QmpRefused,
} from "../../../src/runtime/qmp/protocol.ts";

function makeProtocol() {
  const sent: { execute: string; arguments?: object; id: number }[] = [];
  const events: QmpEvent[] = [];
  let greetings = 0;
  const protocol = createQmpProtocol({
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion
    write: (bytes) => void sent.push(JSON.parse(bytes) as (typeof sent)[number]),
    onGreeting: () => {
      greetings += 1;
    },
    onEvent: (event) => void events.push(event),
  });
  const receive = (text: string): void => protocol.receive(Buffer.from(text));
  return { protocol, sent, events, receive, greetings: () => greetings };
}

const event =
  '{"timestamp": {"seconds": 5, "microseconds": 250000}, "event": "RESET", "data": {"guest": true}}\r\n';

test("matches replies to commands by id, in whatever order they come", async () => {
  const { protocol, sent, receive } = makeProtocol();
  const first = protocol.execute("query-status");
  const second = protocol.execute("query-block", { flat: true });
  assert.deepEqual(sent, [
    { execute: "query-status", id: 1 },
    { execute: "query-block", arguments: { flat: true }, id: 2 },
  ]);
  receive('{"return": "two", "id": 2}\r\n{"return": "one", "id": 1}\r\n');
  assert.deepEqual([await first, await second], ["one", "two"]);
});

test("hands on an event that arrives before a command's result", async () => {
  const { protocol, events, receive } = makeProtocol();
  const result = protocol.execute("system_reset");
  receive(`${event}{"return": {}, "id": 1}\r\n`);
  assert.deepEqual(await result, {});
  assert.deepEqual(events, [{ name: "RESET", data: { guest: true }, atSeconds: 5.25 }]);
});

test("puts a message together from single bytes, a split character included", async () => {
  const { protocol, receive } = makeProtocol();
  const result = protocol.execute("x");
  for (const byte of Buffer.from('{"return": "grün", "id": 1}\n')) protocol.receive(Uint8Array.of(byte));
  assert.equal(await result, "grün");
  receive("");
});

test("takes the greeting", () => {
  const { receive, greetings } = makeProtocol();
  receive('{"QMP": {"version": {}, "capabilities": ["oob"]}}\r\n');
  assert.equal(greetings(), 1);
});

test("a refusal names the command and QEMU's reason", async () => {
  const { protocol, receive } = makeProtocol();
  const result = protocol.execute("migrate");
  receive(
    '{"error": {"class": "GenericError", "desc": "There\'s a migration process in progress"}, "id": 1}\n',
  );
  await assert.rejects(result, (error) => {
    assert.ok(error instanceof QmpRefused);
    assert.equal(error.message, "QEMU refused migrate: There's a migration process in progress");
    return true;
  });
});

for (const [title, line] of [
  ["no JSON", "hello\n"],
  ["an unknown message", '{"foo": 1}\n'],
  ["a reply to nothing", '{"return": {}, "id": 99}\n'],
] as const) {
  test(`ends what waits when it receives ${title}`, async () => {
    const { protocol, receive } = makeProtocol();
    const result = protocol.execute("stop");
    receive(line);
    await assert.rejects(result, QmpClosed);
    await assert.rejects(protocol.execute("cont"), /before cont was sent/);
  });
}
