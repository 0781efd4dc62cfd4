import assert from "node:assert/strict";
import { test } from "node:test";
import { guestConnections, untilDisconnected } from "../../src/agent/connections.ts";

const head = "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid\n";

for (const [title, lines, want] of [
  ["a listener", "   0: 0200A8C0:01BD 00000000:0000 0A 0", []],
  [
    "an SMB connection",
    "   0: 0200A8C0:01BD 0100A8C0:C001 01 0",
    [{ to: "smb", isEstablished: true, text: "SMB from 192.168.0.1:49153, state 01" }],
  ],
  [
    "an SSH connection that nobody has answered",
    "   0: 0200A8C0:9000 0100A8C0:0016 02 0",
    [{ to: "ssh", isEstablished: false, text: "SSH to 192.168.0.1:22, state 02" }],
  ],
  [
    "an SSH connection half closed",
    "   0: 0200A8C0:9000 0100A8C0:0016 05 0",
    [{ to: "ssh", isEstablished: false, text: "SSH to 192.168.0.1:22, state 05" }],
  ],
  ["our own time-wait", "   0: 0200A8C0:9000 0100A8C0:0016 06 0", []],
  [
    "a mapped IPv6 address",
    "   0: 0000000000000000FFFF00000200A8C0:01BD 0000000000000000FFFF00000100A8C0:C001 01 0",
    [{ to: "smb", isEstablished: true, text: "SMB from 192.168.0.1:49153, state 01" }],
  ],
  ["somebody else", "   0: 0200A8C0:01BD 0300A8C0:C001 01 0", []],
] as const) {
  test(`${title} in the controller's table counts as ${want.length} connections of the guest`, () => {
    // The controller sends both of its tables, one behind the other, each with its head.
    assert.deepEqual(guestConnections(`${head}${lines}\n${head}`), want);
    assert.deepEqual(guestConnections(`${head}${head}${lines}\n`), want);
  });
}

test("waits until the guest's last connection is gone", async () => {
  const rows = ["01BD 0100A8C0:C001 01", "01BD 0100A8C0:C001 05", "01BD 0100A8C0:C001 06"];
  const asked: string[] = [];
  await untilDisconnected(
    {
      connections: async () => {
        asked.push(rows[asked.length] ?? "");
        return `${head}   0: 0200A8C0:${asked.at(-1)} 0\n`;
      },
    },
    5000,
  );
  assert.deepEqual(asked, rows);
});

test("a connection that stays fails the wait by its name", async () => {
  const table = `${head}   0: 0200A8C0:01BD 0100A8C0:C001 01 0\n   1: 0200A8C0:9000 0100A8C0:0016 08 0\n`;
  await assert.rejects(untilDisconnected({ connections: async () => table }, 60), {
    step: "disconnect",
    message:
      /^waited 0\.\d s for the guest's SSH and SMB connections to close; last seen: SMB from 192\.168\.0\.1:49153, state 01; SSH to 192\.168\.0\.1:22, state 08$/,
  });
});
