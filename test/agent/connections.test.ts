import assert from "node:assert/strict";
import { test } from "node:test";
import { guestConnections } from "../../src/agent/connections.ts";

const head = "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid\n";
const ssh = { address: "192.168.0.1", port: 22 };

for (const [title, lines, want] of [
  ["a listener", "   0: 0200A8C0:01BD 00000000:0000 0A 0", []],
  ["an SMB connection", "   0: 0200A8C0:01BD 0100A8C0:C001 01 0", ["SMB from 192.168.0.1:49153, state 01"]],
  [
    "an SSH connection half closed",
    "   0: 0200A8C0:9000 0100A8C0:0016 05 0",
    ["SSH to 192.168.0.1:22, state 05"],
  ],
  ["our own time-wait", "   0: 0200A8C0:9000 0100A8C0:0016 06 0", []],
  [
    "a mapped IPv6 address",
    "   0: 0000000000000000FFFF00000200A8C0:01BD 0000000000000000FFFF00000100A8C0:C001 01 0",
    ["SMB from 192.168.0.1:49153, state 01"],
  ],
  ["somebody else", "   0: 0200A8C0:01BD 0300A8C0:C001 01 0", []],
] as const) {
  test(`${title} in /proc/net/tcp counts as ${want.length} connections of the guest`, () => {
    assert.deepEqual(guestConnections(`${head}${lines}\n`, ssh, 445), want);
  });
}
