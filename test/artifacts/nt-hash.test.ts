import assert from "node:assert/strict";
import { test } from "node:test";
import { md4, ntHash } from "../../src/artifacts/nt-hash.ts";

// RFC 1320, appendix A.5; the last two lengths need a second block for the padding.
for (const [message, want] of [
  ["", "31d6cfe0d16ae931b73c59d7e0c089c0"],
  ["a", "bde52cb31de33e46245e05fbdbd6fb24"],
  ["abc", "a448017aaf21d8525fc10ae87aa6729d"],
  ["message digest", "d9130a8164549fe818874806e1c7014b"],
  ["abcdefghijklmnopqrstuvwxyz", "d79e1c308aa5bbcdeea8ed63df412da9"],
  ["ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789", "043f8582f241db351ce627e153e7f0e4"],
  [
    "12345678901234567890123456789012345678901234567890123456789012345678901234567890",
    "e33b4ddc9c38f2199c3e7b164fcc0536",
  ],
] as const) {
  test(`MD4 of ${message.length} bytes is the RFC's`, () => {
    assert.equal(Buffer.from(md4(Buffer.from(message))).toString("hex"), want);
  });
}

for (const [password, want] of [
  ["", "31D6CFE0D16AE931B73C59D7E0C089C0"],
  ["password", "8846F7EAEE8FB117AD06BDD830B7586C"],
  // MS-NLMP 4.2.2.1.2
  ["Password", "A4F49C406510BDCAB6824EE7C30FD852"],
  ["secret", "878D8014606CDA29677A44EFA1353FC7"],
] as const) {
  test(`the NT hash of ${JSON.stringify(password)} is what Windows has`, () => {
    assert.equal(ntHash(password), want);
  });
}
